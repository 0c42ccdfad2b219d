package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.Inbox;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** The tests' application: a function of each kind. */
public class TinyFunctions {
    static final Set<String> STREAMED = Set.of("application/x-ndjson");

    /** What the functions saw. */
    @Singleton
    public static class Seen {
        final List<Event> events = new CopyOnWriteArrayList<>();
        final AtomicReference<RuntimeException> fault = new AtomicReference<>();
        final AtomicReference<StreamedAnswer> stream = new AtomicReference<>(TinyFunctions::count);
    }

    @Inject
    CurrentRequest request;

    @Inject
    Seen seen;

    @Inject
    Inbox inbox;

    void declare(@Observes Routes routes) {
        routes.get("/echo", Role.RECOMMEND).post("/echo", Role.RECOMMEND).post("/later", Role.TRAIN).post("/fail", Role.TRAIN)
                .get("/either", Role.TRAIN, Role.RECOMMEND).get("/runs", Role.TRAIN)
                .events().stream("/stream", Role.INGEST, STREAMED, (asked, body) -> seen.stream.get().answer(asked, body));
    }

    @Funq("echo")
    public Map<String, Object> echo(Map<String, Object> body) {
        return Map.of("said", request.fields(body, Set.of("say")).text("say")
                .orElseThrow(() -> Problem.wrong("say", "nothing is said")));
    }

    @Funq("later")
    public Map<String, Object> later(Map<String, Object> body) {
        request.accepted();
        return Map.of("run", "pretrain-1");
    }

    @Funq("either")
    public Map<String, Object> either() {
        return request.fields(null, Set.of("seed")).whole("seed").<Map<String, Object>>map(seed -> {
            request.created();
            return Map.of("seed", seed);
        }).orElse(Map.of());
    }

    @Funq("fail")
    public Map<String, Object> fail(Map<String, Object> body) {
        throw switch (String.valueOf(body.get("how"))) {
            case "mendable" -> new PadrecException("there is no snapshot 'x'; 'snapshots' lists them");
            case "outage" -> new PadrecException("the database at secret-host does not answer",
                    new IllegalStateException(new SQLException("refused", "08001")));
            default -> new IllegalStateException("secret-host is on fire");
        };
    }

    /** Funqy has a path for it, but nobody declared it. */
    @Funq("hidden")
    public Map<String, Object> hidden(Map<String, Object> body) {
        return Map.of("hidden", true);
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.SNAPSHOT_CREATED)
    public void snapshotCreated() {
        RuntimeException fault = seen.fault.get();
        if (fault != null) {
            throw fault;
        }
        seen.events.add(request.event());
        Logger.getLogger(TinyFunctions.class).info("A snapshot was created.");
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.PRETRAIN_REQUESTED)
    public void pretrainRequested() {
        Event event = request.event();
        inbox.take(event.source(), event.id(), event.type());
    }

    static Map<String, Object> count(StreamedRequest asked, InputStream body) throws java.io.IOException {
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        for (int n; (n = body.read(buffer)) >= 0;) {
            bytes += n;
        }
        return Map.of("bytes", bytes, "type", asked.type());
    }
}
