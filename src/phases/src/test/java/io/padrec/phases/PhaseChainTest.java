package io.padrec.phases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import io.padrec.phases.testing.TinyShop;
import io.padrec.serverless.Problem;
import io.padrec.store.Artifacts;
import io.padrec.store.Claim;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.EventTypes.EventType;
import io.padrec.store.LeaseLostException;
import io.padrec.store.Models;
import io.padrec.store.Outbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class PhaseChainTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Inject
    ThreePhases.Pretrain pretrain;

    @Inject
    ThreePhases.Align align;

    @Inject
    ThreePhases.Finetune finetune;

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

    private SnapshotRecord snapshot;

    @BeforeEach
    void stock() {
        snapshot = TinyShop.stock("chain", 100, 5, datasets, embeddings, snapshots);
    }

    private Event created(long seed, Map<String, Object> more) {
        Map<String, Object> data = new HashMap<>(Map.of("dataset", "chain", "snapshot", snapshot.hash(), "encoder", "tiny",
                "epochs", 1L, "seed", seed));
        data.putAll(more);
        data.values().removeIf(""::equals);
        return Event.now("created-" + seed, "/padrec/ingest", EventTypes.SNAPSHOT_CREATED, snapshot.hash(), data, TRACE);
    }

    private Optional<PhaseFunction> consumer(Event event) {
        String name = EventTypes.ALL.stream().filter(type -> type.name().equals(event.type())).findFirst()
                .map(EventType::consumer).orElse("nobody");
        return List.of(pretrain, align, finetune).stream().<PhaseFunction>map(function -> function)
                .filter(function -> function.phase().equals(name)).findFirst();
    }

    /** What has not been seen of what the outbox holds. */
    private List<Event> told(Set<String> seen) {
        return outbox.take(1000, Duration.ZERO).stream().filter(event -> seen.add(event.id())).toList();
    }

    @Test
    void theChainRunsOnceHoweverOftenAndInWhateverOrderEventsAreDelivered() {
        Set<String> before = new HashSet<>();
        told(before);
        Set<String> seen = new HashSet<>(before);
        List<Event> delivered = new ArrayList<>(List.of(created(1, Map.of())));
        Random random = new Random(3);
        for (int round = 0; round < 5; round++) {
            // Everything that was ever told, three times each.
            List<Event> shuffled = new ArrayList<>();
            for (int copy = 0; copy < 3; copy++) {
                shuffled.addAll(delivered);
            }
            Collections.shuffle(shuffled, random);
            shuffled.forEach(event -> consumer(event).ifPresent(function -> function.consume(event)));
            for (PhaseFunction function : List.of(finetune, align, pretrain)) {
                runs.claim(function.phase(), "one", LEASE).ifPresent(claim -> function.work(claim, () -> {
                }));
            }
            delivered.addAll(told(seen));
        }
        List<Run> made = runs.ofSnapshot(snapshot.hash()).stream().filter(run -> run.seed() == 1).toList();
        assertEquals(List.of("pretrain", "align", "finetune"), made.stream().map(Run::phase).toList());
        made.forEach(run -> {
            assertEquals(Run.State.SUCCEEDED, run.state());
            assertEquals(1, run.attempt());
            assertEquals(TRACE, run.traceparent());
        });
        seen.removeAll(before);
        Set<String> completed = made.stream().map(run -> run.phase() + ".completed:" + run.id() + ":1").collect(Collectors.toSet());
        assertTrue(seen.containsAll(completed), seen::toString);
        assertEquals(4, seen.size(), seen::toString);
        delivered.forEach(event -> assertEquals(TRACE, event.traceparent()));
        assertEquals("chain-best-" + made.getLast().id().substring("finetune-".length()), models.promoted().orElseThrow().id());
    }

    @Test
    void aRunThatIsTrainedAnewForItsBundleIsGoneTellsSoAgainAndTheChainGoesOn() {
        Event created = created(7, Map.of());
        Set<String> seen = new HashSet<>();
        Run first = worked(pretrain, created);
        told(seen);
        artifacts.delete(first.bundle());
        Event later = Event.now("later-7", "/padrec/ingest", created.type(), created.subject(), created.data(), TRACE);
        Run second = worked(pretrain, later);
        assertEquals(first.id(), second.id());
        assertEquals(first.bundle(), second.bundle());
        Event completed = told(seen).stream().filter(event -> event.type().equals(EventTypes.PRETRAIN_COMPLETED)).findFirst()
                .orElseThrow();
        assertEquals(second.id(), worked(align, completed).parent());
    }

    private Run worked(PhaseFunction function, Event event) {
        return function.work(runs.claimRun(function.consume(event).orElseThrow(), "one", LEASE).orElseThrow(), () -> {
        });
    }

    @Test
    void anEventNamesItsRunAlsoWhenItTookEffectBefore() {
        Event event = created(2, Map.of("recipe", "paper", "backbone", "caser"));
        String run = pretrain.consume(event).orElseThrow();
        assertEquals(Optional.of(run), pretrain.consume(event));
        Run begun = runs.find(run).orElseThrow();
        assertEquals("paper", begun.config().get("name"));
        assertEquals("caser", begun.config().get("backbone"));
        assertEquals(1L, ((Map<?, ?>) begun.config().get("pretrain")).get("epochs"));

        Event requested = PhaseEvents.requested(begun, null);
        assertEquals(Optional.of(run), pretrain.consume(requested));
        assertEquals(Optional.of(run), pretrain.consume(requested));
        // Parked meanwhile, it is not begun again by an event that comes again.
        runs.fail(runs.claimRun(run, "one", LEASE).orElseThrow(), "no memory", 1, pretrain.whenParked(begun, "no memory"));
        assertEquals(Optional.of(run), pretrain.consume(event));
        assertEquals(Run.State.FAILED, runs.find(run).orElseThrow().state());
    }

    @Test
    void aSnapshotWithoutWishesIsTrainedOnByTheDefaults() {
        String run = pretrain.consume(created(3, Map.of("seed", "", "epochs", ""))).orElseThrow();
        assertEquals(1, runs.find(run).orElseThrow().seed());
        assertEquals("best", runs.find(run).orElseThrow().config().get("name"));
        assertEquals("sasrec", runs.find(run).orElseThrow().config().get("backbone"));
    }

    @ParameterizedTest
    @CsvSource({"snapshot, 0000", "dataset, nowhere", "recipe, secret", "backbone, secret", "seed, many", "epochs, 0"})
    void anEventThatCanHaveNoEffectIsPoisonAndIsNotTaken(String field, String value) {
        Event wrong = created(4, Map.of(field, value));
        RuntimeException refused = assertThrows(RuntimeException.class, () -> pretrain.consume(wrong));
        assertTrue(refused instanceof PadrecException || refused instanceof Problem problem
                && Set.of(400, 422).contains(problem.status()), refused::toString);
        assertThrows(RuntimeException.class, () -> pretrain.consume(wrong));
        assertEquals(List.of(), runs.ofSnapshot(snapshot.hash()).stream().filter(run -> run.seed() == 4).toList());
    }

    @Test
    void anEventForARunOfAnotherPhaseOrNoneIsPoison() {
        String run = pretrain.consume(created(5, Map.of())).orElseThrow();
        for (String type : List.of(EventTypes.ALIGN_COMPLETED, EventTypes.FINETUNE_REQUESTED)) {
            assertThrows(RuntimeException.class, () -> finetune.consume(Event.now("x-" + type, "/t", type, null, Map.of("run", run),
                    null)));
            assertThrows(Problem.class, () -> finetune.consume(Event.now("y-" + type, "/t", type, null, Map.of("run", "no-run"),
                    null)));
            assertThrows(Problem.class, () -> finetune.consume(Event.now("z-" + type, "/t", type, null, Map.of(), null)));
        }
    }

    @Test
    void ofTwoWorkersOnARunOnlyTheOneThatHoldsItEndsIt() {
        String run = pretrain.consume(created(6, Map.of())).orElseThrow();
        Claim lost = runs.claimRun(run, "one", Duration.ZERO).orElseThrow();
        Claim held = runs.claimRun(run, "two", LEASE).orElseThrow();
        assertEquals(Optional.empty(), runs.claimRun(run, "three", LEASE));

        assertThrows(LeaseLostException.class, () -> pretrain.work(lost, () -> {
        }));
        assertEquals(Run.State.RUNNING, runs.find(run).orElseThrow().state());
        Run done = pretrain.work(held, () -> {
        });
        assertEquals(Run.State.SUCCEEDED, done.state());
        assertThrows(LeaseLostException.class, () -> pretrain.work(lost, () -> {
        }));
        assertEquals(done, runs.find(run).orElseThrow());
    }
}
