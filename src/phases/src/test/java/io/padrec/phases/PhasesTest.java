package io.padrec.phases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.phases.Phases.Trained;
import io.padrec.phases.testing.TinyShop;
import io.padrec.store.Artifacts;
import io.padrec.store.Claim;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.LeaseLostException;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.padrec.store.testing.StoreTestResource;
import io.padrec.training.Progress;
import io.padrec.training.Recipe;
import io.padrec.training.Settings;
import io.padrec.training.testing.TinySnapshot;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class PhasesTest {
    private static final String DATASET = "phases";
    private static final Settings SETTINGS = new Settings("cpu", 1);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Recipe RECIPE = TinySnapshot.small("best", 3);

    @Inject
    Phases phases;

    @Inject
    Evaluations evaluations;

    @Inject
    RunFiles files;

    @Inject
    Runs runs;

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    Artifacts artifacts;

    @TempDir
    Path folder;

    private SnapshotRecord snapshot;

    @BeforeEach
    void stock() {
        snapshot = TinyShop.stock(DATASET, 200, 5, datasets, embeddings, snapshots);
    }

    @Test
    void threePhasesTurnASnapshotIntoAModelWithAnEvaluation() {
        Run pretrained = train("pretrain", 1, null);
        Run aligned = train("align", 1, pretrained);
        Run finetuned = train("finetune", 1, aligned);

        assertEquals("bundles/" + finetuned.id(), finetuned.bundle());
        assertEquals("finetune", files.read(finetuned.bundle()).manifest().get("phase"));
        assertTrue(((Map<?, ?>) pretrained.metrics().get("id")).containsKey("validation ndcg@10"), pretrained.metrics()::toString);
        assertTrue(evaluations.find(finetuned).isEmpty());
        Map<String, Object> evaluation = evaluations.of(finetuned, SETTINGS);
        assertEquals(List.of("popularity", "text-knn", "SASRec", "text", "aligned", "PAD"),
                Evaluation.rows(evaluation).stream().map(row -> row.get("model")).toList());
        assertEquals(Evaluation.rows(evaluation), Evaluation.rows(evaluations.find(finetuned).orElseThrow()));
        assertFalse(artifacts.exists("checkpoints/" + pretrained.id()));
    }

    private Run train(String phase, long seed, Run parent) {
        Run run = begin(phase, seed, parent);
        Claim claim = claim(run, "one", LEASE);
        Trained trained = phases.train(claim, SETTINGS, step -> {
        });
        Run done = runs.succeed(claim, trained.bundle(), trained.metrics(), List.of());
        phases.forget(done);
        return done;
    }

    @Test
    void aRunThatIsCutOffGoesOnFromItsCheckpointAndEndsWithTheSameBundle() {
        Run run = begin("pretrain", 2, null);
        assertThrows(CancellationException.class, () -> phases.train(claim(run, "one", LEASE), SETTINGS, stopAfter("id2")));
        assertThrows(CancellationException.class, () -> phases.train(claim(run, "one", LEASE), SETTINGS, stopAfter("text1")));
        List<String> epochs = new ArrayList<>();
        phases.train(claim(run, "one", LEASE), SETTINGS, step -> epochs.add(step.part() + step.epoch()));

        assertEquals("text2", epochs.getFirst());
        assertEquals(undisturbed(run), manifest(run));
    }

    @Test
    void aWorkerThatLostItsRunStopsAtItsNextEpochAndTheOtherGoesOnFromThere() {
        Run run = begin("pretrain", 3, null);
        AtomicReference<Claim> other = new AtomicReference<>();
        List<String> epochs = new ArrayList<>();
        Claim lost = claim(run, "one", Duration.ZERO);
        assertThrows(LeaseLostException.class, () -> phases.train(lost, SETTINGS, step -> {
            epochs.add(step.part() + step.epoch());
            if (step.epoch() == 2) {
                other.set(claim(run, "two", LEASE));
            }
        }));
        assertEquals(List.of("id1", "id2"), epochs);
        assertFalse(artifacts.exists("bundles/" + run.id()));
        assertEquals(2L, runs.find(run.id()).orElseThrow().progress().get("epoch"));
        epochs.clear();
        phases.train(other.get(), SETTINGS, step -> epochs.add(step.part() + step.epoch()));

        assertEquals("id3", epochs.getFirst());
        assertEquals(undisturbed(run), manifest(run));
    }

    @Test
    void whatALateWorkerWritesLeavesTheOthersBundleAsItIs() {
        Run run = begin("pretrain", 4, null);
        Claim lost = claim(run, "one", Duration.ZERO);
        Bundle late = new Bundle(Map.of("phase", "pretrain"), Map.of());
        Trained trained = phases.train(claim(run, "two", LEASE), SETTINGS, step -> {
        });
        Map<String, Object> manifest = manifest(run);

        assertThrows(PadrecException.class, () -> files.keep(run.id(), late));
        files.keep(run.id(), files.read(trained.bundle()));
        assertEquals(manifest, manifest(run));
        // And one that begins only now finds what is there, trains nothing, and cannot end the run.
        assertEquals(trained, phases.train(lost, SETTINGS, step -> {
            throw new AssertionError();
        }));
        assertThrows(LeaseLostException.class, () -> runs.succeed(lost, trained.bundle(), Map.of(), List.of()));
    }

    @Test
    void aWorkerTakesTheBundleOfAnAttemptThatEndedRightAfterItWasWritten() {
        Run run = begin("pretrain", 6, null);
        Trained trained = phases.train(claim(run, "one", LEASE), SETTINGS, step -> {
        });
        assertEquals(trained, phases.train(claim(run, "one", LEASE), SETTINGS, step -> {
            throw new AssertionError();
        }));
    }

    @Test
    void aRunThatStartsFromOneThatIsNotDoneSaysSo() {
        Run aligned = begin("align", 5, begin("pretrain", 5, null));
        PadrecException refused = assertThrows(PadrecException.class,
                () -> phases.train(claim(aligned, "one", LEASE), SETTINGS, step -> {
                }));
        assertTrue(refused.getMessage().contains("no run of phase pretrain that has succeeded"), refused::getMessage);
    }

    private static Progress stopAfter(String epoch) {
        return step -> {
            if (epoch.equals(step.part() + step.epoch())) {
                throw new CancellationException();
            }
        };
    }

    /** The manifest of the bundle that the run of another seed would not have; it holds the tensors' hash. */
    private Map<String, Object> undisturbed(Run run) {
        Path target = folder.resolve("undisturbed");
        try (var training = io.padrec.training.Training.open(snapshots.read(run.snapshot()), run.snapshot(), RECIPE, run.seed(),
                SETTINGS, folder.resolve("checkpoints"))) {
            training.pretrain(step -> {
            }).write(target);
        }
        return Bundle.readManifest(target);
    }

    private Map<String, Object> manifest(Run run) {
        return artifacts.read("bundles/" + run.id(), Bundle::readManifest);
    }

    private Run begin(String phase, long seed, Run parent) {
        return runs.begin(phase, DATASET, snapshot.hash(), RECIPE.toMap(), seed, parent == null ? null : parent.id(), null);
    }

    private Claim claim(Run run, String owner, Duration lease) {
        return runs.claimRun(run.id(), owner, lease).orElseThrow();
    }
}
