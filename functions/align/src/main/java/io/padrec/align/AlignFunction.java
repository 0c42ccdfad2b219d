package io.padrec.align;

import io.padrec.phases.Phase;
import io.padrec.phases.PhaseFunction;
import io.padrec.store.EventTypes;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Phase 2: begins with a pre-trained recommender. */
@ApplicationScoped
public class AlignFunction extends PhaseFunction {
    AlignFunction() {
        super(Phase.ALIGN);
    }

    /** {@code POST /align {"run": R}}: from a run of phase pretrain that has succeeded. */
    @Funq("align")
    public Map<String, Object> align(Map<String, Object> body) {
        return begin(body);
    }

    /** The phase before is done. */
    @Funq
    @CloudEventMapping(trigger = EventTypes.PRETRAIN_COMPLETED)
    public void pretrainCompleted() {
        take();
    }

    /** There is a run to work on. */
    @Funq
    @CloudEventMapping(trigger = EventTypes.ALIGN_REQUESTED)
    public void alignRequested() {
        take();
    }
}
