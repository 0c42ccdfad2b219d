package io.padrec.pretrain;

import io.padrec.phases.Phase;
import io.padrec.phases.PhaseFunction;
import io.padrec.store.EventTypes;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Phase 1: begins with a snapshot. */
@ApplicationScoped
public class PretrainFunction extends PhaseFunction {
    PretrainFunction() {
        super(Phase.PRETRAIN);
    }

    /** {@code POST /pretrain {"dataset": D}} or {@code {"snapshot": S}}, and recipe, backbone, epochs and seed beside it. */
    @Funq("pretrain")
    public Map<String, Object> pretrain(Map<String, Object> body) {
        return begin(body);
    }

    /** There is a snapshot to train on. */
    @Funq
    @CloudEventMapping(trigger = EventTypes.SNAPSHOT_CREATED)
    public void snapshotCreated() {
        take();
    }

    /** There is a run to work on. */
    @Funq
    @CloudEventMapping(trigger = EventTypes.PRETRAIN_REQUESTED)
    public void pretrainRequested() {
        take();
    }
}
