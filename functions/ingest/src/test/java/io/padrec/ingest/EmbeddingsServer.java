package io.padrec.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.padrec.core.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A text encoder behind OpenAI's interface, which is down until it is told otherwise. */
public final class EmbeddingsServer implements QuarkusTestResourceLifecycleManager {
    static volatile boolean up;

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/embeddings", EmbeddingsServer::answer);
        server.start();
        return Map.of("padrec.text.encoder", "openai", "padrec.text.openai.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1", "padrec.text.openai.model", "tiny",
                "padrec.text.openai.attempts", "1");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, Object> asked = Json.parseObject(new String(exchange.getRequestBody().readAllBytes(),
                    StandardCharsets.UTF_8));
            List<?> texts = (List<?>) asked.get("input");
            List<Object> data = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                double seed = texts.get(i).hashCode();
                data.add(Map.of("object", "embedding", "index", i, "embedding",
                        IntStream.range(0, 8).mapToObj(j -> Math.cos(seed + j)).toList()));
            }
            byte[] answer = Json.write(up ? Map.of("object", "list", "model", "tiny", "data", data,
                    "usage", Map.of("prompt_tokens", 1, "total_tokens", 1)) : Map.of("error", "down"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(up ? 200 : 503, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
