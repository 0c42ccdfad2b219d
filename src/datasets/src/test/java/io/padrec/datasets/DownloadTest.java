package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import io.padrec.datasets.Download.RemoteFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private final byte[] content = new byte[200_000];
    private final RemoteFile file = new RemoteFile("a.csv", content.length, sha256(content));
    private final List<String> asked = new ArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private URI source;

    @TempDir
    Path folder;

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private String sha256(byte[] bytes) {
        new Random(5).nextBytes(bytes);
        return AtomicFiles.sha256(bytes);
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            Answer answer = answers.get(path.substring(path.lastIndexOf('/') + 1));
            try (exchange) {
                if (answer == null) {
                    exchange.sendResponseHeaders(404, -1);
                } else {
                    answer.give(exchange);
                }
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        source = URI.create("http://localhost:" + server.getAddress().getPort() + "/pad/dataset/");
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void filesAreFetchedWithProgress() throws IOException {
        answers.put("a.csv", whole(content));
        List<Long> seen = new ArrayList<>();
        new Download(source, (name, received, total) -> {
            assertEquals("a.csv 200000", name + " " + total);
            seen.add(received);
        }).fetch(List.of(file), folder.resolve("new/folder"));
        assertArrayEquals(content, Files.readAllBytes(folder.resolve("new/folder/a.csv")));
        assertEquals(List.of("/pad/dataset/a.csv"), asked);
        assertEquals(seen.stream().sorted().toList(), seen);
        assertEquals(200_000, seen.getLast());
    }

    @Test
    void aFileThatIsThereIsNotFetchedAgainAndAWrongOneIs() throws IOException {
        answers.put("a.csv", whole(content));
        Files.writeString(folder.resolve("a.csv"), "something else");
        fetch();
        fetch();
        assertEquals(1, asked.size());
        assertArrayEquals(content, Files.readAllBytes(folder.resolve("a.csv")));
    }

    @Test
    void anotherContentIsRefused() throws IOException {
        byte[] other = content.clone();
        other[7]++;
        answers.put("a.csv", whole(other));
        assertRefused("not the one that is expected (its SHA-256 should be " + file.sha256());
        answers.put("a.csv", whole(Arrays.copyOf(content, content.length + 1)));
        assertRefused("not the one that is expected");
    }

    @Test
    void anEndlessAnswerIsCutOff() throws IOException {
        answers.put("a.csv", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(content);
            }
        });
        assertRefused("not the one that is expected");
    }

    @Test
    void errorsOfTheServerAreSaid() throws IOException {
        assertRefused("a.csv: the server answered 404; the file may have moved");
        answers.put("a.csv", exchange -> exchange.sendResponseHeaders(503, -1));
        assertRefused("the server answered 503; try again later");
    }

    @Test
    void aConnectionThatEndsEarlyIsSaid() throws IOException {
        answers.put("a.csv", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 100_000);
            exchange.getResponseBody().flush();
        });
        assertRefused("try again");
        answers.put("a.csv", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(content, 0, 1000);
        });
        assertRefused("the connection ended after 1000 of 200000 bytes; try again");
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        answers.put("a.csv", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        assertRefused("the server does not answer in time");
    }

    @Test
    void aServerThatIsNotThereIsSaid() throws IOException {
        server.stop(0);
        assertRefused("Connection refused");
        source = URI.create("http://no-such-host.invalid/");
        assertRefused("the server no-such-host.invalid is not known");
    }

    @Test
    void whatIsWholeStaysWhenALaterFileFails() throws IOException {
        answers.put("a.csv", whole(content));
        RemoteFile second = new RemoteFile("b.csv", 3, "0".repeat(64));
        assertThrows(PadrecException.class, () -> download().fetch(List.of(file, second), folder));
        assertTrue(Files.exists(folder.resolve("a.csv")));
        assertFalse(Files.exists(folder.resolve("b.csv")));
    }

    @Test
    void primePantryAsksForItsTwoFiles() {
        String message = assertThrows(PadrecException.class,
                () -> PrimePantry.download(source, folder, (name, received, total) -> { })).getMessage();
        assertTrue(message.contains("/pad/dataset/metadata_Prime_Pantry.csv: the server answered 404"), message);
    }

    private static Answer whole(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private Download download() {
        return new Download(source, (name, received, total) -> { }, 500);
    }

    private void fetch() {
        download().fetch(List.of(file), folder);
    }

    private void assertRefused(String part) throws IOException {
        String message = assertThrows(PadrecException.class, this::fetch).getMessage();
        assertTrue(message.startsWith("cannot download " + source + "a.csv: "), message);
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
