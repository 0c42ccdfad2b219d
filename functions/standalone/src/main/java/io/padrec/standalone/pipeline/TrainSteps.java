package io.padrec.standalone.pipeline;

import io.padrec.core.PadrecException;
import io.padrec.standalone.terminal.Output;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import java.util.Optional;

/**
 * The phases of training on one snapshot. A phase is a run in the store; one that has succeeded is not done again, and one
 * that was cut off goes on from its checkpoints.
 */
public final class TrainSteps {
    private final Workplace workplace;
    private final Plan plan;
    private final SnapshotRecord snapshot;
    private final Trainer trainer;

    /** Phases that are trained here. */
    public TrainSteps(Workplace workplace, Plan plan, SnapshotRecord snapshot) {
        this(workplace, plan, snapshot, new InProcess(workplace, plan.settings()));
    }

    public TrainSteps(Workplace workplace, Plan plan, SnapshotRecord snapshot, Trainer trainer) {
        this.workplace = workplace;
        this.plan = plan;
        this.snapshot = snapshot;
        this.trainer = trainer;
    }

    /** Phase 1. */
    public Run pretrain() {
        return phase("pretrain", null);
    }

    /** Phase 2. */
    public Run align(Run pretrained) {
        return phase("align", pretrained);
    }

    /** Phase 3. */
    public Run finetune(Run aligned) {
        return phase("finetune", aligned);
    }

    /**
     * The phase's run, done before.
     *
     * @throws PadrecException where it has not succeeded yet
     */
    public Run finished(String phase, Run parent) {
        Run run = begin(phase, parent);
        if (run.state() != Run.State.SUCCEEDED) {
            throw new PadrecException("phase " + phase + " of this dataset, recipe and seed is not done; run it first: padrec "
                    + phase + " with the same options");
        }
        return run;
    }

    private Run phase(String phase, Run parent) {
        Output output = workplace.output();
        Run run = begin(phase, parent);
        if (run.state() == Run.State.SUCCEEDED) {
            output.skipped(phase, workplace.seconds().of(run.id()), "run " + run.id());
            return run;
        }
        output.begin(phase);
        RunProgress progress = new RunProgress(workplace, run);
        Run done = trainer.train(run, progress);
        output.done(phase, progress.finish(), "run " + run.id());
        return done;
    }

    private Run begin(String phase, Run parent) {
        return workplace.store().runs().begin(phase, plan.dataset(), snapshot.hash(), plan.recipe().toMap(), plan.seed(),
                Optional.ofNullable(parent).map(Run::id).orElse(null), null);
    }
}
