package io.padrec.finetune;

import io.padrec.phases.Phase;
import io.padrec.phases.PhaseFunction;
import io.padrec.store.EventTypes;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Phase 3: begins with an aligned recommender, and ends with a model. */
@ApplicationScoped
public class FinetuneFunction extends PhaseFunction {
    FinetuneFunction() {
        super(Phase.FINETUNE);
    }

    /** {@code POST /finetune {"run": R}}: from a run of phase align that has succeeded. */
    @Funq("finetune")
    public Map<String, Object> finetune(Map<String, Object> body) {
        return begin(body);
    }

    /** The phase before is done. */
    @Funq
    @CloudEventMapping(trigger = EventTypes.ALIGN_COMPLETED)
    public void alignCompleted() {
        take();
    }

    /** There is a run to work on. */
    @Funq
    @CloudEventMapping(trigger = EventTypes.FINETUNE_REQUESTED)
    public void finetuneRequested() {
        take();
    }
}
