package io.padrec.store;

import static io.padrec.store.Examples.config;
import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
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

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class RunsTest {
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

    private String snapshot;

    @BeforeEach
    void cut() {
        snapshot = Examples.snapshot("runs", datasets, embeddings, snapshots);
    }

    @Test
    void theSameIngredientsAreTheSameRun() {
        Run run = begin(1);
        Map<String, Object> reordered = new LinkedHashMap<>();
        reordered.put("layers", List.of(2, 2));
        config(0.001).forEach(reordered::put);

        assertEquals(run, begin(1));
        assertEquals(run, runs.begin("pretrain", snapshot, reordered, 1, null));
        assertEquals(Optional.of(run), runs.find(run.id()));
        assertEquals(1, runs.list().stream().filter(r -> r.id().equals(run.id())).count());
    }

    @Test
    void eachIngredientMakesAnotherRun() {
        Run run = begin(2);
        Set<String> ids = new HashSet<>(Set.of(run.id(), begin(3).id(),
                runs.begin("align", snapshot, config(0.001), 2, null).id(),
                runs.begin("pretrain", snapshot, config(0.002), 2, null).id(),
                runs.begin("pretrain", snapshot, config(0.001), 2, run.id()).id()));

        assertEquals(5, ids.size());
    }

    @Test
    void aRunGoesFromQueuedOverRunningToSucceeded() throws IOException {
        Run run = begin(4);
        assertEquals(Run.State.QUEUED, run.state());
        assertNull(run.startedAt());
        runs.progress(run.id(), Map.of("epoch", 1, "loss", 7.25, "hr@10", Double.NaN));
        Run running = runs.find(run.id()).orElseThrow();
        assertEquals(Run.State.RUNNING, running.state());
        assertEquals(1L, running.progress().get("epoch"));
        assertEquals(7.25, running.progress().get("loss"));
        assertNull(running.progress().get("hr@10"));
        assertNotNull(running.startedAt());
        String bundle = Examples.bundle("four", artifacts);
        Run done = runs.succeed(run.id(), bundle, Map.of("hr@10", 0.08));

        assertEquals(Run.State.SUCCEEDED, done.state());
        assertEquals(bundle, done.bundle());
        assertEquals(Map.of("hr@10", 0.08), done.metrics());
        assertEquals(done, begin(4));
        assertEquals(done, runs.succeed(run.id(), bundle, Map.of("hr@10", 0.08)));
    }

    @Test
    void aRunThatIsOverTakesNothingMore() throws IOException {
        Run run = begin(5);
        runs.succeed(run.id(), Examples.bundle("five", artifacts), Map.of());

        assertOneLine(() -> runs.progress(run.id(), Map.of()), run.id(), "SUCCEEDED", "no progress");
        assertOneLine(() -> runs.fail(run.id(), "late"), run.id(), "SUCCEEDED", "no failure");
        String another = Examples.bundle("five-b", artifacts);
        assertOneLine(() -> runs.succeed(run.id(), another, Map.of()), run.id(), "SUCCEEDED", "no result");
    }

    @Test
    void aRunWhoseProcessDiedIsResumed() {
        Run run = begin(6);
        runs.progress(run.id(), Map.of("epoch", 3));

        assertEquals(Run.State.RUNNING, begin(6).state());
        assertEquals(Map.of("epoch", 3L), begin(6).progress());
    }

    @Test
    void aFailedRunIsQueuedAgain() {
        Run run = begin(7);
        runs.progress(run.id(), Map.of("epoch", 3));
        Run failed = runs.fail(run.id(), "out of \0memory");
        assertEquals(Run.State.FAILED, failed.state());
        assertEquals("out of memory", failed.error());

        Run again = begin(7);
        assertEquals(run, again);
    }

    @Test
    void aRunWhoseBundleIsGoneIsQueuedAgain() throws IOException {
        Run run = begin(8);
        String bundle = Examples.bundle("eight", artifacts);
        runs.succeed(run.id(), bundle, Map.of());
        artifacts.delete(bundle);

        assertEquals(run, begin(8));
    }

    @Test
    void aRunIsDoneAfreshWhenAsked() throws IOException {
        Run run = begin(9);
        runs.succeed(run.id(), Examples.bundle("nine", artifacts), Map.of("hr@10", 0.08));

        assertEquals(run, runs.restart(run.id()));
    }

    @Test
    void badIngredientsAreRefusedInOneLine() {
        assertOneLine(() -> runs.begin("distil", snapshot, Map.of(), 1, null), "no phase 'distil'", "pretrain");
        assertOneLine(() -> runs.begin("pretrain", "0000", Map.of(), 1, null), "no snapshot '0000'");
        assertOneLine(() -> runs.begin("align", snapshot, Map.of(), 1, "x"), "no run 'x'", "parent");
        assertOneLine(() -> runs.progress("x", Map.of()), "no run 'x'");
        Run run = begin(10);
        assertOneLine(() -> runs.succeed(run.id(), "bundles/nowhere", Map.of()), run.id(), "no bundle");
        assertOneLine(() -> runs.succeed(run.id(), "../../etc", Map.of()), "'../../etc'", "not the path of an artifact");
        assertThrows(IllegalArgumentException.class,
                () -> runs.begin("pretrain", snapshot, Map.of("widths", new int[] {1}), 1, null));
        assertEquals(run, runs.find(run.id()).orElseThrow());
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
        Run run = runs.begin("pretrain", snapshot, Map.of("rate", 0.1f, "epochs", 20, "name", "a\0b", "deep",
                Map.of("x", List.of(true, 1.5))), 12, null);

        assertEquals(Map.of("rate", 0.1, "epochs", 20L, "name", "ab", "deep", Map.of("x", List.of(true, 1.5))), run.config());
        assertTrue(run.id().matches("pretrain-[0-9a-f]{16}"), run.id());
        assertNotEquals(run, begin(12));
    }

    private Run begin(long seed) {
        return runs.begin("pretrain", snapshot, config(0.001), seed, null);
    }
}
