package io.padrec.tracing;

import io.padrec.serverless.CurrentRequest;
import io.padrec.serverless.Role;
import io.padrec.serverless.Routes;
import io.padrec.store.EventTypes;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The tests' application: it says what trace context a run would begin with. */
public class TracedFunctions {
    static final AtomicReference<String> OF_EVENT = new AtomicReference<>();

    @Inject
    CurrentRequest request;

    void declare(@Observes Routes routes) {
        routes.post("/pretrain", Role.TRAIN).events();
    }

    @Funq("pretrain")
    public Map<String, Object> pretrain(Map<String, Object> body) {
        return Map.of("traceparent", request.traceparent());
    }

    @Funq
    @CloudEventMapping(trigger = EventTypes.SNAPSHOT_CREATED)
    public void snapshotCreated() {
        OF_EVENT.set(request.event().traceparent());
    }
}
