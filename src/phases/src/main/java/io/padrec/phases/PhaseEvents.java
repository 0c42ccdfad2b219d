package io.padrec.phases;

import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.Promotion;
import io.padrec.store.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What phases tell of their runs and models. */
final class PhaseEvents {
    private PhaseEvents() {
    }

    /** A run waits for a worker. */
    static Event requested(Run run, String traceparent) {
        return event(run, "requested", Phase.of(run).requested(), Map.of("run", run.id()), traceparent);
    }

    /**
     * A run succeeded.
     *
     * @param more fields that this phase's event has beside those of all
     */
    static Event completed(Run run, String bundle, Map<String, Object> metrics, Map<String, Object> more) {
        Map<String, Object> data = references(run);
        data.put("parent", run.parent());
        data.put("bundle", bundle);
        data.put("metrics", metrics);
        data.putAll(more);
        return event(run, "completed", Phase.of(run).completed(), data, run.traceparent());
    }

    /** A run is parked. */
    static Event failed(Run run, String error) {
        Map<String, Object> data = references(run);
        data.put("error", error);
        return event(run, "failed", Phase.of(run).failed(), data, run.traceparent());
    }

    /** Another model is served. */
    static List<Event> promoted(Promotion promotion, String traceparent) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("model", promotion.model().id());
        data.put("dataset", promotion.model().dataset());
        data.put("previous", promotion.previous());
        return List.of(Event.now("model.promoted:" + promotion.number(), source(Phase.FINETUNE), EventTypes.MODEL_PROMOTED,
                promotion.model().id(), data, traceparent));
    }

    /** The attempt stands in the id: what happens to a run that is begun again, parked or for its bundle was gone, is told again. */
    private static Event event(Run run, String what, String type, Map<String, Object> data, String traceparent) {
        return Event.now(run.phase() + "." + what + ":" + run.id() + ":" + run.attempt(), source(Phase.of(run)), type, run.id(), data,
                traceparent);
    }

    private static Map<String, Object> references(Run run) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("run", run.id());
        data.put("dataset", run.dataset());
        data.put("snapshot", run.snapshot());
        data.put("phase", run.phase());
        return data;
    }

    private static String source(Phase phase) {
        return "/padrec/" + phase;
    }
}
