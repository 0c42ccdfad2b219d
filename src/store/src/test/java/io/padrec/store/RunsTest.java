package io.padrec.store;

import static io.padrec.store.Examples.config;
import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class RunsTest {
    private static final String DATASET = "runs";
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    Runs runs;

    @Inject
    Artifacts artifacts;

    @Inject
    Tables tables;

    private String snapshot;

    @BeforeEach
    void cut() {
        snapshot = Examples.snapshot(DATASET, datasets, embeddings, snapshots);
    }

    @Test
    void theSameIngredientsAreTheSameRun() {
        Run run = begin(1);
        Map<String, Object> reordered = new LinkedHashMap<>();
        reordered.put("layers", List.of(2, 2));
        config(0.001).forEach(reordered::put);

        assertEquals(run, begin(1));
        assertEquals(run, runs.begin("pretrain", DATASET, snapshot, reordered, 1, null, null));
        assertEquals(Optional.of(run), runs.find(run.id()));
        assertEquals(1, runs.list().stream().filter(r -> r.id().equals(run.id())).count());
    }

    @Test
    void eachIngredientMakesAnotherRun() {
        Run run = begin(2);
        Set<String> ids = new HashSet<>(Set.of(run.id(), begin(3).id(),
                runs.begin("align", DATASET, snapshot, config(0.001), 2, null, null).id(),
                runs.begin("pretrain", DATASET, snapshot, config(0.002), 2, null, null).id(),
                runs.begin("pretrain", DATASET, snapshot, config(0.001), 2, run.id(), null).id()));

        assertEquals(5, ids.size());
    }

    @Test
    void aRunGoesFromQueuedOverRunningToSucceeded() throws IOException {
        Run run = begin(4);
        assertEquals(Run.State.QUEUED, run.state());
        assertNull(run.startedAt());
        Claim claim = claim(run);
        assertEquals(1, claim.attempt());
        runs.progress(claim, Map.of("epoch", 1, "loss", 7.25, "hr@10", Double.NaN));
        Run running = found(run);
        assertEquals(Run.State.RUNNING, running.state());
        assertEquals(1L, running.progress().get("epoch"));
        assertEquals(7.25, running.progress().get("loss"));
        assertNull(running.progress().get("hr@10"));
        assertNotNull(running.startedAt());
        assertEquals("one", running.leaseOwner());
        String bundle = Examples.bundle("four", artifacts);
        Run done = runs.succeed(claim, bundle, Map.of("hr@10", 0.08), List.of());

        assertEquals(Run.State.SUCCEEDED, done.state());
        assertEquals(bundle, done.bundle());
        assertEquals(Map.of("hr@10", 0.08), done.metrics());
        assertNull(done.leaseOwner());
        assertEquals(done, begin(4));
    }

    @Test
    void aRunThatIsOverTakesNothingMore() throws IOException {
        Run run = begin(5);
        Claim claim = claim(run);
        String bundle = Examples.bundle("five", artifacts);
        runs.succeed(claim, bundle, Map.of(), List.of());

        assertLost(() -> runs.progress(claim, Map.of()), run);
        assertLost(() -> runs.heartbeat(claim, LEASE), run);
        assertLost(() -> runs.fail(claim, "late", 1, List.of()), run);
        assertLost(() -> runs.succeed(claim, bundle, Map.of(), List.of()), run);
        assertEquals(Optional.empty(), runs.claimRun(run.id(), "two", LEASE));
    }

    @Test
    void aRunIsWorkedByOneAtATime() {
        Run run = begin(6);
        claim(run);

        assertEquals(Optional.empty(), runs.claimRun(run.id(), "two", LEASE));
        assertEquals(Run.State.RUNNING, begin(6).state());
    }

    @Test
    void aLostWorkersRunIsTakenOverAndItsLateWritesAreRefused() throws IOException {
        Run run = begin(13);
        Claim lost = runs.claimRun(run.id(), "one", Duration.ZERO).orElseThrow();
        runs.progress(lost, Map.of("epoch", 3));
        Claim next = runs.claimRun(run.id(), "two", LEASE).orElseThrow();

        assertEquals(2, next.attempt());
        assertEquals(1, next.run().deaths());
        assertEquals(Map.of("epoch", 3L), next.run().progress());
        String bundle = Examples.bundle("thirteen", artifacts);
        assertLost(() -> runs.progress(lost, Map.of("epoch", 4)), run);
        assertLost(() -> runs.heartbeat(lost, LEASE), run);
        assertLost(() -> runs.fail(lost, "late", 1, List.of()), run);
        assertLost(() -> runs.succeed(lost, bundle, Map.of(), List.of(told("late"))), run);
        runs.release(lost);
        assertEquals(next.run(), found(run));
        runs.progress(next, Map.of("epoch", 4));
        assertEquals(0, found(run).deaths());
        assertEquals(Run.State.SUCCEEDED, runs.succeed(next, bundle, Map.of(), List.of()).state());
    }

    @Test
    void aRenewedLeaseKeepsOthersAway() {
        Run run = begin(14);
        Claim claim = runs.claimRun(run.id(), "one", Duration.ZERO).orElseThrow();
        runs.heartbeat(claim, LEASE);

        assertEquals(Optional.empty(), runs.claimRun(run.id(), "two", LEASE));
    }

    @Test
    void aWorkerOfTheSameNameTakesItsRunUpAgainAtOnce() {
        Run run = begin(15);
        Claim before = claim(run);
        Claim again = claim(run);

        assertEquals(2, again.attempt());
        assertLost(() -> runs.progress(before, Map.of()), run);
    }

    @Test
    void aRunGivenBackIsFreeAtOnceAndCountsNoFailure() {
        Run run = begin(16);
        runs.release(claim(run));

        Claim next = runs.claimRun(run.id(), "two", LEASE).orElseThrow();
        assertEquals(0, next.run().failures());
        assertEquals(0, next.run().deaths());
    }

    @Test
    void workersOfAPhaseTakeTheOldestFreeRunEach() throws Exception {
        List<String> ids = IntStream.range(0, 6).mapToObj(i -> runs.begin("finetune", DATASET, snapshot, Map.of(), 100 + i, null,
                null).id()).toList();
        List<Callable<String>> claims = IntStream.range(0, 6).<Callable<String>>mapToObj(i -> () ->
                runs.claim("finetune", "worker " + i, LEASE).orElseThrow().run().id()).toList();
        Set<String> claimed = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (Future<String> id : threads.invokeAll(claims)) {
                claimed.add(id.get());
            }
        }
        assertEquals(Set.copyOf(ids), claimed);
        assertEquals(Optional.empty(), runs.claim("finetune", "late", LEASE));
    }

    @Test
    void aFailureIsTriedAgainLaterAndTheThirdParksTheRun() {
        Run run = begin(7);
        for (int failure = 1; failure <= 2; failure++) {
            tables.run("UPDATE run SET due_at = now() WHERE id = '" + run.id() + "'");
            Run failed = runs.fail(claim(run), "out of \0memory", 3, List.of(told("seven")));
            assertEquals(Run.State.QUEUED, failed.state());
            assertEquals(failure, failed.failures());
            assertEquals("out of memory", failed.error());
            assertEquals(Optional.empty(), runs.claimRun(run.id(), "one", LEASE), "it waits first");
            assertEquals("0", tables.value("SELECT count(*) FROM outbox WHERE id = 'seven'"));
        }
        tables.run("UPDATE run SET due_at = now() WHERE id = '" + run.id() + "'");
        Run parked = runs.fail(claim(run), "again", 3, List.of(told("seven")));

        assertEquals(Run.State.FAILED, parked.state());
        assertEquals("1", tables.value("SELECT count(*) FROM outbox WHERE id = 'seven'"));
        assertEquals(Optional.empty(), runs.claimRun(run.id(), "one", LEASE));
    }

    @Test
    void aParkedRunIsBegunAgainAndItsOldWorkerStaysOut() {
        Run run = begin(17);
        Claim claim = claim(run);
        runs.fail(claim, "no memory", 1, List.of());

        assertOneLine(() -> runs.retry(begin(18).id()), "QUEUED", "FAILED");
        Run again = runs.retry(run.id());
        assertEquals(Run.State.QUEUED, again.state());
        assertEquals(0, again.failures());
        assertNull(again.error());
        assertEquals(2, claim(run).attempt());
        assertLost(() -> runs.progress(claim, Map.of()), run);
        runs.fail(runs.claimRun(run.id(), "one", LEASE).orElseThrow(), "no memory", 1, List.of());
        assertEquals(Run.State.QUEUED, begin(17).state());
    }

    @Test
    void whatARunTellsIsToldIfAndOnlyIfItSucceeded() throws IOException {
        Run run = begin(19);
        Claim claim = claim(run);
        assertThrows(PadrecException.class, () -> runs.succeed(claim, "bundles/nowhere", Map.of(), List.of(told("nineteen"))));
        assertEquals("0", tables.value("SELECT count(*) FROM outbox WHERE id = 'nineteen'"));
        runs.succeed(claim, Examples.bundle("nineteen", artifacts), Map.of(), List.of(told("nineteen")));
        assertEquals("1", tables.value("SELECT count(*) FROM outbox WHERE id = 'nineteen'"));
    }

    @Test
    void aRunWhoseBundleIsGoneIsQueuedAgain() throws IOException {
        Run run = begin(8);
        String bundle = Examples.bundle("eight", artifacts);
        runs.succeed(claim(run), bundle, Map.of(), List.of());
        artifacts.delete(bundle);

        assertEquals(Run.State.QUEUED, begin(8).state());
    }

    @Test
    void badIngredientsAreRefusedInOneLine() {
        assertOneLine(() -> runs.begin("distil", DATASET, snapshot, Map.of(), 1, null, null), "no phase 'distil'", "pretrain");
        assertOneLine(() -> runs.begin("pretrain", DATASET, "0000", Map.of(), 1, null, null), "no snapshot '0000'");
        assertOneLine(() -> runs.begin("pretrain", "other", snapshot, Map.of(), 1, null, null), "of dataset 'other'");
        assertOneLine(() -> runs.begin("align", DATASET, snapshot, Map.of(), 1, "x", null), "no run 'x'", "parent");
        Claim claim = claim(begin(10));
        String id = claim.run().id();
        assertOneLine(() -> runs.succeed(claim, "bundles/nowhere", Map.of(), List.of()), id, "no bundle");
        assertOneLine(() -> runs.succeed(claim, "../../etc", Map.of(), List.of()), "'../../etc'", "not the path of an artifact");
        assertThrows(IllegalArgumentException.class,
                () -> runs.begin("pretrain", DATASET, snapshot, Map.of("widths", new int[] {1}), 1, null, null));
        assertEquals(Run.State.RUNNING, runs.find(id).orElseThrow().state());
    }

    @Test
    void beginnersAtTheSameTimeGetOneRun() throws Exception {
        List<Callable<Run>> begins = IntStream.range(0, 8).<Callable<Run>>mapToObj(i -> () -> begin(11)).toList();
        Set<Run> begun = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Run> run : threads.invokeAll(begins)) {
                begun.add(run.get());
            }
        }
        assertEquals(1, begun.size());
    }

    @Test
    void aConfigurationComesBackAsItWasGiven() {
        Run run = runs.begin("pretrain", DATASET, snapshot, Map.of("rate", 0.1f, "epochs", 20, "name", "a\0b", "deep",
                Map.of("x", List.of(true, 1.5))), 12, null, null);

        assertEquals(Map.of("rate", 0.1, "epochs", 20L, "name", "ab", "deep", Map.of("x", List.of(true, 1.5))), run.config());
        assertTrue(run.id().matches("pretrain-[0-9a-f]{16}"), run.id());
        assertNotEquals(run, begin(12));
    }

    private Claim claim(Run run) {
        return runs.claimRun(run.id(), "one", LEASE).orElseThrow();
    }

    private Run found(Run run) {
        return runs.find(run.id()).orElseThrow();
    }

    private static Event told(String id) {
        return Event.now(id, "/padrec/test", EventTypes.PRETRAIN_FAILED, null, Map.of(), null);
    }

    private static void assertLost(Executable write, Run run) {
        String said = assertThrows(LeaseLostException.class, write).getMessage();
        assertTrue(said.contains(run.id()) && said.contains("attempt"), said);
    }

    private Run begin(long seed) {
        return runs.begin("pretrain", DATASET, snapshot, config(0.001), seed, null, null);
    }
}
