package io.padrec.phases.testing;

import io.padrec.core.Bundle;
import io.padrec.phases.Phase;
import io.padrec.phases.Phases;
import io.padrec.phases.Phases.Trained;
import io.padrec.store.Artifacts;
import io.padrec.store.Claim;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.padrec.training.Progress;
import io.padrec.training.Recipe;
import io.padrec.training.Settings;
import io.padrec.training.Training;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What other processes have done before the one that a test is about. */
public final class Trainer {
    private static final Settings SETTINGS = new Settings("cpu", 1);

    private final Phases phases;
    private final Runs runs;
    private final Datasets datasets;
    private final Embeddings embeddings;
    private final Snapshots snapshots;
    private final Artifacts artifacts;

    public Trainer(Phases phases, Runs runs, Datasets datasets, Embeddings embeddings, Snapshots snapshots, Artifacts artifacts) {
        this.phases = phases;
        this.runs = runs;
        this.datasets = datasets;
        this.embeddings = embeddings;
        this.snapshots = snapshots;
        this.artifacts = artifacts;
    }

    /** A snapshot of a dataset of that many users. */
    public SnapshotRecord stock(String dataset, int users) {
        return TinyShop.stock(dataset, users, 5, datasets, embeddings, snapshots);
    }

    /** A run of phase 1 on the snapshot, done. */
    public Run pretrained(SnapshotRecord snapshot, Recipe recipe, long seed) {
        return done(runs.begin("pretrain", snapshot.dataset(), snapshot.hash(), recipe.toMap(), seed, null, null));
    }

    /** A run of the phase from the one before, done. */
    public Run done(String phase, Run before) {
        return done(runs.begin(phase, before.dataset(), before.snapshot(), before.config(), before.seed(), before.id(), null));
    }

    private Run done(Run run) {
        Claim claim = runs.claimRun(run.id(), "another process", Duration.ofMinutes(5)).orElseThrow();
        Trained trained = phases.train(claim, SETTINGS, step -> {
        });
        Run done = runs.succeed(claim, trained.bundle(), trained.metrics(), List.of());
        phases.forget(done);
        return done;
    }

    /** A run that failed for good, of phases that nobody has worked on. */
    Run parked(String phase, SnapshotRecord snapshot) {
        Run run = null;
        for (String each : List.of("pretrain", "align", "finetune").subList(0, Phase.named(phase).ordinal() + 1)) {
            run = runs.begin(each, snapshot.dataset(), snapshot.hash(), Recipe.best().toMap(), 3,
                    run == null ? null : run.id(), null);
        }
        Claim claim = runs.claimRun(run.id(), "another process", Duration.ofMinutes(5)).orElseThrow();
        return runs.fail(claim, "out of luck", 1, List.of());
    }

    /** The manifest, with the tensors' hash, of the bundle that a run makes which is never disturbed. */
    Map<String, Object> undisturbed(Run run, Path folder) {
        Path target = folder.resolve("undisturbed " + run.id());
        try (Training training = Training.open(snapshots.read(run.snapshot()), run.snapshot(), Recipe.fromMap(run.config()),
                run.seed(), SETTINGS, folder.resolve("checkpoints " + run.id()))) {
            Progress silent = step -> {
            };
            Bundle bundle = switch (run.phase()) {
                case "pretrain" -> training.pretrain(silent);
                case "align" -> training.align(bundle(run.parent()), silent);
                default -> training.finetune(bundle(runs.find(run.parent()).orElseThrow().parent()), bundle(run.parent()), silent);
            };
            bundle.write(target);
        }
        return Bundle.readManifest(target);
    }

    private Bundle bundle(String run) {
        return artifacts.read("bundles/" + run, Bundle::read);
    }

    /** Loses a bundle. */
    public void lose(Run run) {
        artifacts.delete(run.bundle());
    }
}
