package io.padrec.text;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.padrec.core.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An embeddings server on this machine, as strict as those that people run, which fails when it is told to. */
final class LocalServer implements AutoCloseable {
    static final int WIDTH = 8;

    /** A request as it came. */
    record Request(Map<String, Object> body, String authorization, long nanos) {
        @SuppressWarnings("unchecked")
        List<String> input() {
            return (List<String>) body.get("input");
        }
    }

    /** What is answered instead of embeddings. */
    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Function<List<String>, float[][]> model;
    private final ConcurrentLinkedQueue<Answer> next = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger underWay = new AtomicInteger();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger mostUnderWay = new AtomicInteger();
    /** How long it thinks. */
    volatile long millis;

    LocalServer(Function<List<String>, float[][]> model) throws IOException {
        this.model = model;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/embeddings", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** A model that makes a vector of a text's characters. */
    static LocalServer start() throws IOException {
        return new LocalServer(texts -> texts.stream().map(LocalServer::vector).toArray(float[][]::new));
    }

    static float[] vector(String text) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            vector[i] = (float) (3 * random.nextGaussian());
        }
        return vector;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    /** The next requests are answered so, one each. */
    LocalServer then(Answer... answers) {
        next.addAll(List.of(answers));
        return this;
    }

    static Answer status(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Answer ok(String body) {
        return status(200, body);
    }

    /** Says nothing, or only the beginning of an answer, until the test ends. */
    Answer hang(boolean begin) {
        return exchange -> {
            if (begin) {
                begin(exchange);
            }
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
    }

    /** Ends the connection in the middle of the answer. */
    static Answer die() {
        return LocalServer::begin;
    }

    private static void begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write("{\"data\": [".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, Object> body = Json.parseObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Request request = new Request(body, exchange.getRequestHeaders().getFirst("Authorization"), System.nanoTime());
        requests.add(request);
        Answer told = next.poll();
        if (told != null) {
            told.give(exchange);
        } else if (request.input().isEmpty() || request.input().stream().anyMatch(String::isEmpty)) {
            status(400, "{\"error\": {\"message\": \"input cannot be empty\"}}").give(exchange);
        } else {
            think();
            ok(Json.write(answer(request))).give(exchange);
        }
    }

    /** Counted is this time alone: who has the whole answer may ask again before the exchange is closed here. */
    private void think() throws IOException {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** The embeddings, last text first: the order is said by the index alone. */
    private Map<String, Object> answer(Request request) {
        float[][] vectors = model.apply(request.input());
        int width = request.body().get("dimensions") instanceof Long dimensions ? dimensions.intValue() : vectors[0].length;
        List<Object> data = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            float[] vector = Arrays.copyOf(vectors[i], width);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("object", "embedding");
            entry.put("embedding", "base64".equals(request.body().get("encoding_format")) ? base64(vector) : numbers(vector));
            entry.put("index", i);
            data.add(entry);
        }
        Collections.reverse(data);
        return Map.of("object", "list", "data", data, "model", request.body().get("model"));
    }

    private static List<Float> numbers(float[] vector) {
        List<Float> numbers = new ArrayList<>();
        for (float x : vector) {
            numbers.add(x);
        }
        return numbers;
    }

    static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
