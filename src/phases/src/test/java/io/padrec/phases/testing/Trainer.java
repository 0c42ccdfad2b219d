package io.padrec.phases.testing;

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
import io.padrec.training.Recipe;
import io.padrec.training.Settings;
import java.time.Duration;
import java.util.List;

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
    public Run pretrained(SnapshotRecord snapshot, int epochs, long seed) {
        return done(runs.begin("pretrain", snapshot.dataset(), snapshot.hash(), Recipe.best().withEpochs(epochs).toMap(), seed,
                null, null));
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

    /** Loses a bundle. */
    public void lose(Run run) {
        artifacts.delete(run.bundle());
    }
}
