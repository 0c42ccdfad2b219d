package io.padrec.standalone.pipeline;

import io.padrec.core.PadrecException;
import io.padrec.phases.Phases.Trained;
import io.padrec.standalone.terminal.Output;
import io.padrec.store.Claim;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The phases of training on one snapshot. A phase is a run in the store; one that has succeeded is not done again, and one
 * that was cut off goes on from its checkpoints.
 */
public final class TrainSteps {
    /** Nobody else is to go on with a command's work while it may come back. */
    private static final Duration LEASE = Duration.ofDays(1);

    private final Workplace workplace;
    private final Plan plan;
    private final SnapshotRecord snapshot;

    public TrainSteps(Workplace workplace, Plan plan, SnapshotRecord snapshot) {
        this.workplace = workplace;
        this.plan = plan;
        this.snapshot = snapshot;
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
        Claim claim = claim(run);
        RunProgress progress = new RunProgress(workplace, run);
        Run done;
        try {
            Trained trained = workplace.store().phases().train(claim, plan.settings(), progress);
            done = workplace.store().runs().succeed(claim, trained.bundle(), trained.metrics(), List.of());
        } catch (RuntimeException e) {
            fail(claim, e);
            throw e;
        }
        workplace.store().phases().forget(done);
        output.done(phase, progress.finish(), "run " + run.id());
        return done;
    }

    private Claim claim(Run run) {
        // One process holds the home folder, so what worked under its name before is over.
        String owner = "padrec in " + workplace.home();
        return workplace.store().runs().claimRun(run.id(), owner, LEASE).orElseThrow(() -> {
            Run held = workplace.store().runs().find(run.id()).orElseThrow();
            return new PadrecException("run " + run.id() + " is being worked by '" + held.leaseOwner() + "' until "
                    + held.leaseExpires() + " at least; wait for it, or stop it");
        });
    }

    private void fail(Claim claim, RuntimeException failure) {
        try {
            workplace.store().runs().fail(claim, String.valueOf(failure.getMessage()), 1, List.of());
        } catch (RuntimeException e) {
            // The first failure is the one to report; without its note the run counts as cut off, and goes on all the same.
            failure.addSuppressed(e);
        }
    }

    private Run begin(String phase, Run parent) {
        return workplace.store().runs().begin(phase, plan.dataset(), snapshot.hash(), plan.recipe().toMap(), plan.seed(),
                Optional.ofNullable(parent).map(Run::id).orElse(null), null);
    }
}
