package io.padrec.serverless;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.store.Event;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where events leave to: an address that takes CloudEvents 1.0 in HTTP's binary mode, such as a Knative broker. */
@ApplicationScoped
class Sink {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    @ConfigProperty(name = "padrec.events.sink")
    Optional<URI> address;

    @ConfigProperty(name = "padrec.events.key")
    Optional<String> key;

    @ConfigProperty(name = "padrec.events.key-file")
    Optional<Path> keyFile;

    @ConfigProperty(name = "padrec.events.timeout")
    Duration timeout;

    private HttpClient client;

    /** How long an answer is waited for. */
    Duration timeout() {
        return timeout;
    }

    boolean isSet() {
        return address.isPresent();
    }

    /**
     * Whether events may be taken out of the outbox: the key's file, where one is set, can be read.
     *
     * @throws PadrecException where it cannot
     */
    boolean isReady() {
        key();
        return isSet();
    }

    /** @return what went wrong, in one line; null where the event was taken */
    String send(Event event) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.orElseThrow()).timeout(timeout)
                .header("Content-Type", Media.JSON).POST(BodyPublishers.ofString(Json.write(event.data())));
        attribute(request, "specversion", CloudEvents.VERSION);
        attribute(request, "id", event.id());
        attribute(request, "source", event.source());
        attribute(request, "type", event.type());
        attribute(request, "time", event.time().toString());
        attribute(request, "subject", event.subject());
        attribute(request, TraceContext.HEADER, event.traceparent());
        if (event.traceparent() != null) {
            request.header(TraceContext.HEADER, event.traceparent());
        }
        key().ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            HttpResponse<Void> response = client().send(request.build(), BodyHandlers.discarding());
            return response.statusCode() / 100 == 2 ? null : address.get() + " answered " + response.statusCode();
        } catch (IOException e) {
            return address.get() + " cannot be reached: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private static void attribute(HttpRequest.Builder request, String name, String value) {
        if (value != null) {
            request.header(CloudEvents.HEADER + name, encoded(value));
        }
    }

    /** What is not printable ASCII, and the space, quote and percent sign, in percent encoding. */
    private static String encoded(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c > ' ' && c <= '~' && c != '"' && c != '%') {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    /** The file is read each time: a token in it is renewed while the process runs. */
    private Optional<String> key() {
        if (keyFile.isEmpty()) {
            return key;
        }
        try {
            return Optional.of(Files.readString(keyFile.get()).strip());
        } catch (IOException e) {
            throw new PadrecException("the key for the sink cannot be read from " + keyFile.get() + ": " + e
                    + "; events wait in the outbox", e);
        }
    }

    /** Made when the first event leaves: a process that sends none does not pay for it. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor()).build();
        }
        return client;
    }
}
