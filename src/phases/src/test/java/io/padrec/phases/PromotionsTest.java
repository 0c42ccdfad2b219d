package io.padrec.phases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import io.padrec.core.Split;
import io.padrec.phases.Phases.Trained;
import io.padrec.phases.testing.Trainer;
import io.padrec.store.Artifacts;
import io.padrec.store.Claim;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.LeaseLostException;
import io.padrec.store.Model;
import io.padrec.store.Models;
import io.padrec.store.Outbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.padrec.store.testing.StoreTestResource;
import io.padrec.training.Settings;
import io.padrec.training.testing.TinySnapshot;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class PromotionsTest {
    private static final Settings SETTINGS = new Settings("cpu", 1);
    private static final Duration LEASE = Duration.ofMinutes(5);

    @Inject
    Promotions promotions;

    @Inject
    Phases phases;

    @Inject
    Runs runs;

    @Inject
    Models models;

    @Inject
    Outbox outbox;

    @Inject
    Artifacts artifacts;

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    EntityManager entities;

    private Trainer trainer;

    @BeforeEach
    @Transactional
    void forget() {
        trainer = new Trainer(phases, runs, datasets, embeddings, snapshots, artifacts);
        for (String table : List.of("promotion", "model", "run", "outbox")) {
            entities.createNativeQuery("DELETE FROM " + table).executeUpdate();
        }
    }

    /** A run of phase finetune whose bundle is there, claimed and not ended. */
    private record Ready(Claim claim, Trained trained) {
    }

    private Ready ready(SnapshotRecord snapshot, int epochs, long seed) {
        Run aligned = trainer.done("align", trainer.pretrained(snapshot, TinySnapshot.small("best", epochs), seed));
        Run run = runs.begin("finetune", snapshot.dataset(), snapshot.hash(), aligned.config(), seed, aligned.id(), null);
        Claim claim = runs.claimRun(run.id(), "one", LEASE).orElseThrow();
        return new Ready(claim, phases.train(claim, SETTINGS, step -> {
        }));
    }

    private Run end(Ready ready) {
        return promotions.end(ready.claim(), ready.trained(), SETTINGS);
    }

    private static Map<?, ?> decision(Run ended) {
        return (Map<?, ?>) ended.metrics().get("promotion");
    }

    private Event told(String type) {
        return outbox.take(100, Duration.ZERO).stream().filter(event -> event.type().equals(type)).reduce((a, b) -> b)
                .orElseThrow();
    }

    private long count(String type) {
        return outbox.take(100, Duration.ZERO).stream().filter(event -> event.type().equals(type)).count();
    }

    @Test
    void theFirstModelIsPromotedAndToldOf() {
        Ready ready = ready(trainer.stock("shop", 200), 2, 1);
        Run ended = end(ready);

        Model model = models.promoted().orElseThrow();
        assertEquals("shop-best-" + ended.id().substring("finetune-".length()), model.id());
        assertEquals(ended.metrics().get("test"), model.metrics());
        assertEquals(true, decision(ended).get("promoted"));
        assertNull(decision(ended).get("against"));
        Event completed = told(EventTypes.FINETUNE_COMPLETED);
        assertEquals("finetune.completed:" + ended.id() + ":1", completed.id());
        assertEquals("/padrec/finetune", completed.source());
        assertEquals(Map.of("run", ended.id(), "dataset", "shop", "snapshot", ended.snapshot(), "phase", "finetune", "parent",
                ended.parent(), "bundle", ended.bundle(), "metrics", ended.metrics(), "model", model.id(), "promoted", true),
                completed.data());
        Event promoted = told(EventTypes.MODEL_PROMOTED);
        assertEquals(model.id(), promoted.data().get("model"));
        assertEquals("shop", promoted.data().get("dataset"));
        assertNull(promoted.data().get("previous"));
    }

    @Test
    void aWorseModelIsKeptABetterOneIsPromotedAndAnEqualOneToo() {
        SnapshotRecord snapshot = trainer.stock("shop", 200);
        Ready weak = ready(snapshot, 1, 1);
        Run good = end(ready(snapshot, 8, 1));
        String best = models.promoted().orElseThrow().id();
        Run worse = end(weak);

        assertEquals(false, decision(worse).get("promoted"));
        assertEquals(best, decision(worse).get("against"));
        // The served model's figure is, to the last bit, that of its own evaluation.
        assertEquals(decision(good).get("ndcg@10"), decision(worse).get("against ndcg@10"));
        assertEquals(best, models.promoted().orElseThrow().id());
        assertEquals(2, models.list().size());
        assertEquals(1, count(EventTypes.MODEL_PROMOTED));
        assertEquals(false, told(EventTypes.FINETUNE_COMPLETED).data().get("promoted"));

        models.register("twin", "shop", null, worse.bundle(), Map.of());
        models.promote("twin");
        Ready again = ready(snapshot, 9, 1);
        Run better = end(again);
        assertEquals(true, decision(better).get("promoted"));
        assertEquals("twin", decision(better).get("against"));
        assertEquals(decision(worse).get("ndcg@10"), decision(better).get("against ndcg@10"));

        Ready equal = ready(snapshot, 10, 1);
        models.register("double", "shop", null, equal.trained().bundle(), Map.of());
        models.promote("double");
        Run same = end(equal);
        assertEquals(decision(same).get("ndcg@10"), decision(same).get("against ndcg@10"));
        assertEquals(true, decision(same).get("promoted"));
    }

    @Test
    void aModelOfAnOlderSmallerSnapshotIsComparedOnTheNewOne() {
        Run old = end(ready(trainer.stock("grows", 100), 4, 1));
        SnapshotRecord grown = trainer.stock("grows", 250);
        Run ended = end(ready(grown, 8, 1));

        assertEquals(old.id().substring("finetune-".length()),
                ((String) decision(ended).get("against")).substring("grows-best-".length()));
        double theirs = (double) decision(ended).get("against ndcg@10");
        assertTrue(theirs > 0 && theirs != (double) decision(old).get("ndcg@10"), () -> ended.metrics().toString());
    }

    @Test
    void aModelOfAnotherDatasetIsNotReplacedWithoutAHand() {
        end(ready(trainer.stock("shop", 200), 1, 1));
        String served = models.promoted().orElseThrow().id();
        Run other = end(ready(trainer.stock("other", 200), 4, 1));

        assertEquals(false, decision(other).get("promoted"));
        assertNull(decision(other).get("against ndcg@10"));
        assertTrue(((String) decision(other).get("why")).contains("is of dataset 'shop'"), () -> decision(other).toString());
        assertEquals(served, models.promoted().orElseThrow().id());
        String id = models.list().getLast().id();
        assertEquals(served, promotions.promote(id, null).previous());
        assertEquals("model.promoted:" + number(), told(EventTypes.MODEL_PROMOTED).id());
        assertEquals(served, promotions.rollback(null).model().id());
        assertEquals(3, count(EventTypes.MODEL_PROMOTED));
        assertEquals(Map.of("model", served, "dataset", "shop", "previous", id), told(EventTypes.MODEL_PROMOTED).data());
    }

    @Test
    void aModelOfAnotherSplitIsNotReplacedWithoutAHandForItMayKnowWhatIsHeldOut() {
        SnapshotRecord snapshot = trainer.stock("shop", 200);
        end(ready(snapshot, 1, 1));
        String served = models.promoted().orElseThrow().id();
        Run other = end(ready(snapshots.cut("shop", snapshot.encoder(), Split.Kind.TEMPORAL), 4, 1));

        assertEquals(false, decision(other).get("promoted"));
        assertNull(decision(other).get("against ndcg@10"));
        assertTrue(((String) decision(other).get("why")).contains("is split in another way"), () -> decision(other).toString());
        assertEquals(served, models.promoted().orElseThrow().id());
    }

    private long number() {
        return (Long) entities.createNativeQuery("SELECT max(number) FROM promotion", Long.class).getSingleResult();
    }

    @Test
    void aWorkerThatLostItsRunRegistersAndPromotesNothing() {
        SnapshotRecord snapshot = trainer.stock("shop", 200);
        Ready ready = ready(snapshot, 1, 1);
        Claim lost = ready.claim();
        runs.release(lost);
        Claim held = runs.claimRun(lost.run().id(), "two", LEASE).orElseThrow();

        assertThrows(LeaseLostException.class, () -> end(ready));
        assertEquals(List.of(), models.list());
        assertEquals(Optional.empty(), models.promoted());
        assertEquals(0, outbox.unsent());
        assertEquals(Run.State.SUCCEEDED, promotions.end(held, ready.trained(), SETTINGS).state());
        assertEquals(2, outbox.unsent());
    }

    @Test
    void aRunWhoseModelIsServedAlreadyEndsAgainWithoutPromotingItTwice() {
        SnapshotRecord snapshot = trainer.stock("shop", 200);
        Ready ready = ready(snapshot, 1, 1);
        Run ended = end(ready);
        queueAgain(ended.id());
        Claim again = runs.claimRun(ended.id(), "two", LEASE).orElseThrow();
        Run twice = promotions.end(again, ready.trained(), SETTINGS);

        assertEquals(true, decision(twice).get("promoted"));
        assertEquals(1, models.list().size());
        assertEquals(1, count(EventTypes.MODEL_PROMOTED));
        assertEquals(2, count(EventTypes.FINETUNE_COMPLETED));
        assertEquals(3, outbox.unsent());
    }

    @Transactional
    void queueAgain(String run) {
        entities.createNativeQuery("UPDATE run SET state = 'QUEUED', bundle = NULL, finished_at = NULL WHERE id = ?1")
                .setParameter(1, run).executeUpdate();
    }

    @Test
    void aServedModelThatCannotBeReadEndsNothing() {
        SnapshotRecord snapshot = trainer.stock("shop", 200);
        Ready ready = ready(snapshot, 1, 1);
        Run first = end(ready(snapshot, 1, 2));
        artifacts.delete(first.bundle());

        assertThrows(PadrecException.class, () -> end(ready));
        assertFalse(runs.find(ready.claim().run().id()).orElseThrow().isOver());
    }
}
