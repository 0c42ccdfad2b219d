package io.padrec.standalone.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * In the place of a Knative broker: takes CloudEvents over HTTP and brings each to the subscribers of the Triggers that match it,
 * at least once, in any order. An event is answered with 202 once it is safely kept; one that no Trigger wants is taken too.
 */
final class Router implements AutoCloseable {
    private static final int LARGEST = 1 << 20;
    private static final int BACKLOG = 64;

    private final List<Trigger> triggers;
    private final String key;
    private final Copies copies;
    private final Spool spool;
    private final Courier courier;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Takes up what an earlier router left, and listens.
     *
     * @param key whom it takes events from: those who send it as {@code Authorization: Bearer}
     * @throws PadrecException where the port is in use
     */
    Router(int port, String key, List<Trigger> triggers, Copies copies, Spool spool, Courier courier) {
        this.key = key;
        this.triggers = List.copyOf(triggers);
        this.copies = copies;
        this.spool = spool;
        this.courier = courier;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new PadrecException("port " + port + " of the router cannot be used (" + e.getMessage()
                    + "); stop the program that uses it, or choose others with --port-base", e);
        }
        spool.all().forEach(owed -> courier.send(owed, Duration.ZERO));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Whether nothing is owed. */
    boolean isIdle() {
        return spool.isEmpty();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST") || !exchange.getRequestURI().getPath().equals("/")) {
                answer(exchange, 404, "events are taken by POST /");
            } else if (!isKnown(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, "a key is needed: Authorization: Bearer KEY");
            } else {
                take(exchange);
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            answer(exchange, 413, "an event has at most " + LARGEST + " bytes; send a reference to its data instead");
            return;
        }
        try {
            accept(Envelope.open(exchange.getRequestHeaders(), body));
            exchange.sendResponseHeaders(202, -1);
        } catch (Envelope.MalformedException e) {
            answer(exchange, e.status(), e.getMessage());
        } catch (PadrecException e) {
            answer(exchange, 503, e.getMessage());
        }
    }

    private void accept(CloudEvent event) {
        List<Trigger> matching = triggers.stream().filter(trigger -> trigger.matches(event)).toList();
        for (Trigger trigger : matching) {
            List<Duration> delays = copies.get();
            List<Spool.Owed> owed = spool.add(trigger, delays.size(), event);
            for (int copy = 0; copy < delays.size(); copy++) {
                courier.send(owed.get(copy), delays.get(copy));
            }
        }
    }

    private boolean isKnown(String authorization) {
        return authorization != null && MessageDigest.isEqual(("Bearer " + key).getBytes(StandardCharsets.UTF_8),
                authorization.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Stops at once; what is not delivered stays in the spool. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        courier.close();
    }
}
