package io.padrec.serverless;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.padrec.store.Event;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the tests' events leave to: a server that can be away, answer what a test says, and be slow. */
public final class TestSink implements QuarkusTestResourceLifecycleManager {
    /** What arrived: the event as a function reads it, and the headers. */
    record Arrival(Event event, Headers headers, int answer) {
    }

    final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    final AtomicInteger answer = new AtomicInteger(202);
    final AtomicInteger mostAtOnce = new AtomicInteger();
    volatile long delayMillis;
    Path keyFile;
    private final AtomicInteger atOnce = new AtomicInteger();
    private int port;
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
            keyFile = Files.createTempFile("padrec-sink", ".key");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("padrec.events.sink", "http://localhost:" + port + "/default", "padrec.events.key-file", keyFile.toString(),
                "padrec.events.timeout", "2s");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(TestSink.class));
    }

    void up() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    void down() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            MultiMap headers = MultiMap.caseInsensitiveMultiMap();
            exchange.getRequestHeaders().forEach((name, values) -> headers.add(name, values));
            Thread.sleep(delayMillis);
            int status = answer.get();
            arrivals.add(new Arrival(CloudEvents.read(headers, body), exchange.getRequestHeaders(), status));
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    List<String> taken() {
        return arrivals.stream().filter(arrival -> arrival.answer() / 100 == 2).map(arrival -> arrival.event().id()).toList();
    }

    @Override
    public void stop() {
        down();
        try {
            Files.deleteIfExists(keyFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
