package io.padrec.standalone.local;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A function's event endpoint: keeps what comes, and answers as it is told, then 204. */
final class Subscriber implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final HttpServer server;
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    /** A request that came, its headers by their names in lower case, and when. */
    record Received(Map<String, String> headers, String body, long nanos) {
        String id() {
            return headers.get("ce-id");
        }
    }

    /** @param port 0 for any that is free */
    Subscriber(int port, Integer... answers) {
        this.answers.addAll(List.of(answers));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
                Integer status;
                synchronized (this.answers) {
                    status = this.answers.poll();
                }
                received.add(new Received(headers, body, System.nanoTime()));
                exchange.sendResponseHeaders(status == null ? 204 : status, -1);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI uri() {
        return URI.create("http://localhost:" + port() + "/");
    }

    /** The next request. */
    Received next() {
        try {
            Received next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return next == null ? fail("nothing came") : next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many requests. */
    List<Received> next(int count) {
        List<Received> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(next());
        }
        return all;
    }

    /** Nothing comes for a while. */
    void assertQuiet() {
        try {
            Received more = received.poll(Duration.ofMillis(300).toMillis(), TimeUnit.MILLISECONDS);
            if (more != null) {
                fail("came: " + more);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
