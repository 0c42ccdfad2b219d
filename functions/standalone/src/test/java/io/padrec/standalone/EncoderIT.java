package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.padrec.core.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which encoder makes the vectors is a matter of configuration. */
class EncoderIT {
    private static final String KEY = "sk-it-1";
    private static final AtomicInteger TEXTS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static HttpServer server;

    @BeforeAll
    static void servesAndImports() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/embeddings", exchange -> {
            Map<String, Object> body = Json.parseObject(new String(exchange.getRequestBody().readAllBytes(),
                    StandardCharsets.UTF_8));
            List<?> input = (List<?>) body.get("input");
            boolean known = ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            TEXTS.addAndGet(known ? input.size() : 0);
            byte[] answer = (known ? Json.write(Map.of("data", IntStream.range(0, input.size()).mapToObj(i -> Map.of(
                    "index", i, "embedding", List.of(1, input.get(i).hashCode() % 100, input.get(i).toString().length())))
                    .toList())) : "no such key: " + exchange.getRequestHeaders().getFirst("Authorization"))
                    .getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        TinyShop.write(folder.resolve("files"));
        PadrecProcess.start(folder, "import", "--dataset", "prime-pantry", "--from", "files").succeeds();
    }

    @AfterAll
    static void stops() {
        server.stop(0);
    }

    private static PadrecProcess embed(Map<String, String> environment) {
        return PadrecProcess.start(folder, environment, "embed", "--dataset", "prime-pantry");
    }

    private static Map<String, String> openAi(String model, String key) {
        return Map.of("PADREC_TEXT_ENCODER", "openai", "PADREC_TEXT_OPENAI_MODEL", model, "PADREC_TEXT_OPENAI_KEY", key,
                "PADREC_TEXT_OPENAI_URL", "http://localhost:" + server.getAddress().getPort() + "/v1",
                "PADREC_TEXT_OPENAI_TIMEOUT", "20s");
    }

    @Test
    void aServerEncodesEachTitleOnce() {
        assertTrue(embed(openAi("qwen", KEY)).succeeds().lines().getLast().toString().contains("vectors of qwen"));
        assertEquals(TinyShop.ITEMS, TEXTS.get());
        embed(openAi("qwen", KEY)).succeeds();
        assertEquals(TinyShop.ITEMS, TEXTS.get());
    }

    @Test
    void aWrongKeyIsSaidButNotShown() {
        PadrecProcess process = embed(openAi("other", "sk-wrong"));
        assertEquals(1, process.exitCode());
        String error = process.onlyError();
        assertTrue(error.contains("answered 401 (no such key: Bearer ***)"), error);
        assertFalse(error.contains("sk-wrong"), error);
    }

    @Test
    void whatIsConfiguredWronglyIsSaid() {
        PadrecProcess process = embed(Map.of("PADREC_TEXT_ENCODER", "openai"));
        assertEquals(1, process.exitCode());
        assertTrue(process.onlyError().contains("padrec.text.openai.url is not set"), process.errors());
        PadrecProcess unknown = embed(Map.of("PADREC_TEXT_ENCODER", "word2vec"));
        assertEquals(1, unknown.exitCode());
        assertTrue(unknown.onlyError().contains("padrec.text.encoder is 'word2vec'"), unknown.errors());
    }
}
