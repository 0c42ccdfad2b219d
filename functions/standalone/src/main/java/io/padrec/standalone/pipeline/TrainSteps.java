package io.padrec.standalone.pipeline;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.standalone.terminal.Output;
import io.padrec.store.Claim;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import io.padrec.training.Progress;
import io.padrec.training.Row;
import io.padrec.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The phases of training on one snapshot. A phase is a run in the store; one that has succeeded is not done again, and one
 * that was cut off goes on from its checkpoints.
 */
public final class TrainSteps implements AutoCloseable {
    /** Nobody else is to go on with a command's work while it may come back. */
    private static final Duration LEASE = Duration.ofDays(1);

    private final Workplace workplace;
    private final Plan plan;
    private final SnapshotRecord snapshot;
    private final Path checkpoints;
    private Training training;

    public TrainSteps(Workplace workplace, Plan plan, SnapshotRecord snapshot) {
        this.workplace = workplace;
        this.plan = plan;
        this.snapshot = snapshot;
        String key = Json.write(List.of(snapshot.hash(), plan.recipe().toMap(), plan.seed()));
        this.checkpoints = workplace.checkpoints()
                .resolve(AtomicFiles.sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 16));
    }

    /** Phase 1. */
    public Run pretrain() {
        return phase("pretrain", null, progress -> training().pretrain(progress));
    }

    /** Phase 2. */
    public Run align(Run pretrained) {
        return phase("align", pretrained, progress -> training().align(bundle(pretrained), progress));
    }

    /** Phase 3. */
    public Run finetune(Run pretrained, Run aligned) {
        return phase("finetune", aligned,
                progress -> training().finetune(bundle(pretrained), bundle(aligned), progress));
    }

    /** Ranks the test items by every model of the report. */
    List<Row> evaluate(Run pretrained, Run aligned, Run finetuned) {
        return training().evaluate(bundle(pretrained), bundle(aligned), bundle(finetuned));
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

    private Run phase(String phase, Run parent, Function<Progress, Bundle> work) {
        Output output = workplace.output();
        Seconds seconds = workplace.seconds();
        Run run = begin(phase, parent);
        if (run.state() == Run.State.SUCCEEDED) {
            output.skipped(phase, seconds.of(run.id()), "run " + run.id());
            return run;
        }
        output.begin(phase);
        Claim claim = claim(run);
        RunProgress progress = new RunProgress(workplace, claim);
        try {
            Bundle bundle = work.apply(progress);
            String path = "bundles/" + run.id();
            // A kill between here and the end leaves a bundle that nothing points at.
            AtomicFiles.deleteAll(workplace.store().artifacts().path(path));
            bundle.write(workplace.store().artifacts().path(path));
            workplace.store().runs().succeed(claim, path, metrics(bundle), List.of());
        } catch (IOException e) {
            throw new PadrecException("cannot replace the bundle of " + run.id() + ": " + e, e);
        } catch (RuntimeException e) {
            fail(claim, e);
            throw e;
        }
        output.done(phase, progress.finish(), "run " + run.id());
        return begin(phase, parent);
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

    private Bundle bundle(Run run) {
        return Bundle.read(workplace.store().artifacts().path(run.bundle()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metrics(Bundle bundle) {
        return (Map<String, Object>) bundle.manifest().getOrDefault("metrics", Map.of());
    }

    /** Opened when the first phase has something to do: a resumed command that only looks things up needs no PyTorch. */
    private Training training() {
        if (training == null) {
            training = Training.open(workplace.store().snapshots().read(snapshot.hash()), snapshot.hash(), plan.recipe(),
                    plan.seed(), plan.settings(), checkpoints);
        }
        return training;
    }

    /** Frees training's memory. */
    @Override
    public void close() {
        if (training != null) {
            training.close();
        }
    }

    /** Deletes the checkpoints, of no use once every phase is done. */
    void forgetCheckpoints() {
        try {
            AtomicFiles.deleteAll(checkpoints);
        } catch (IOException e) {
            throw new PadrecException("cannot delete the checkpoints in " + checkpoints + ": " + e, e);
        }
    }
}
