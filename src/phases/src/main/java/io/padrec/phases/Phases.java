package io.padrec.phases;

import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.serverless.StoppedException;
import io.padrec.store.CheckpointFolder;
import io.padrec.store.Checkpoints;
import io.padrec.store.Claim;
import io.padrec.store.LeaseLostException;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.Snapshots;
import io.padrec.training.Progress;
import io.padrec.training.Recipe;
import io.padrec.training.Settings;
import io.padrec.training.Training;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** The phases of training, each a function from a run to its bundle. */
@ApplicationScoped
public class Phases {
    @Inject
    Runs runs;

    @Inject
    Snapshots snapshots;

    @Inject
    Checkpoints checkpoints;

    @Inject
    RunFiles files;

    @Inject
    Tracking tracking;

    /**
     * What training made of a run.
     *
     * @param bundle  a path relative to the artifacts
     * @param metrics figures on the validation items, by what was trained
     */
    public record Trained(String bundle, Map<String, Object> metrics) {
    }

    /**
     * Trains a run, from the newest checkpoint of whoever worked on it before, and keeps its bundle. The run is still to be ended.
     *
     * <p>No worker that lost the run in between harms the one that holds it. Its progress is refused, which ends its training;
     * its checkpoints lie in a folder of its own attempt. Only where it was held up after its last word was taken can it
     * still write a bundle. That is then the same as the holder's, being a function of the run, and one that is there is
     * kept; on two kinds of devices it may not be the same, and then the second is refused, whoever comes with it: the holder
     * fails once, and takes what is there in its next attempt.
     *
     * @param listener hears of every epoch and batch after the store did
     * @throws LeaseLostException where the run is no longer this worker's
     * @throws PadrecException    where what it starts from is not there, or training failed
     */
    public Trained train(Claim claim, Settings settings, Progress listener) {
        Run run = claim.run();
        TrackedRun tracked = tracking.begin(run);
        try {
            Bundle bundle = files.kept(run.id()).orElseGet(() -> {
                Bundle trained = trained(claim, settings, tracked.telling(listener));
                runs.progress(claim, Map.of("part", "bundle"));
                files.keep(run.id(), trained);
                return trained;
            });
            tracked.finished(files.place(RunFiles.bundle(run.id())));
            return new Trained(RunFiles.bundle(run.id()), metrics(bundle));
        } catch (LeaseLostException | StoppedException e) {
            // Whoever holds the run, or takes it up, tells how it ends.
            throw e;
        } catch (RuntimeException e) {
            tracked.failed(e);
            throw e;
        }
    }

    private Bundle trained(Claim claim, Settings settings, Progress listener) {
        Run run = claim.run();
        Recipe recipe = Recipe.fromMap(run.config());
        try (CheckpointFolder folder = checkpoints.open(run.id(), claim.attempt());
                Training training = Training.open(snapshots.read(run.snapshot()), run.snapshot(), recipe, run.seed(), settings,
                        folder.folder())) {
            Progress progress = new ClaimProgress(runs, claim, folder, listener);
            return switch (Phase.of(run)) {
                case PRETRAIN -> training.pretrain(progress);
                case ALIGN -> training.align(bundle(parent(run)), progress);
                case FINETUNE -> {
                    Run aligned = parent(run);
                    yield training.finetune(bundle(parent(aligned)), bundle(aligned), progress);
                }
            };
        }
    }

    /**
     * The run that it starts from.
     *
     * @throws PadrecException where that has not succeeded, or is of another phase
     */
    Run parent(Run run) {
        Phase before = Phase.of(run).before();
        Run parent = run.parent() == null ? null : runs.find(run.parent()).orElse(null);
        if (parent == null || Phase.of(parent) != before || parent.state() != Run.State.SUCCEEDED) {
            throw new PadrecException("run '" + run.id() + "' starts from run '" + run.parent() + "', which is no run of phase "
                    + before + " that has succeeded; run that first");
        }
        return parent;
    }

    Bundle bundle(Run succeeded) {
        return files.read(succeeded.bundle());
    }

    /** Deletes the checkpoints of a run that has succeeded. */
    public void forget(Run succeeded) {
        checkpoints.forget(succeeded.id());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metrics(Bundle bundle) {
        return (Map<String, Object>) bundle.manifest().getOrDefault("metrics", Map.of());
    }
}
