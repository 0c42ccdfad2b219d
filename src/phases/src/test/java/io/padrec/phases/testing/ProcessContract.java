package io.padrec.phases.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import io.padrec.core.Json;
import io.padrec.phases.Phases;
import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Event;
import io.padrec.store.Outbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.Snapshots;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a training function is as a process that is killed, or put to sleep: its own test extends this, as a QuarkusTest with
 * the profile {@link Onlooker} and a store. The recipe is one that trains by epochs in every phase. One function's test is enough,
 * since what it is about is the code that they share; {@code scripts/chaos} kills all of them.
 */
public abstract class ProcessContract {
    protected static final int USERS = 600;
    protected static final int EPOCHS = 6;

    /** The test's own application only looks on. */
    public static final class Onlooker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("padrec.run.worker", "false");
        }
    }

    @TempDir
    Path folder;

    @Inject
    Phases phases;

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    Artifacts artifacts;

    @Inject
    protected Runs runs;

    @Inject
    Outbox outbox;

    protected Trainer trainer;

    private final String phase;
    private final String trigger;

    /** @param trigger type of the event that a run begins with */
    protected ProcessContract(String phase, String trigger) {
        this.phase = phase;
        this.trigger = trigger;
    }

    @BeforeEach
    void train() {
        trainer = new Trainer(phases, runs, datasets, embeddings, snapshots, artifacts);
    }

    /** Data of the event that a run of the recipe paper with this seed begins with. */
    protected abstract Map<String, Object> beginning(long seed);

    private FunctionProcess job(String type, Map<String, Object> data) throws IOException {
        Map<String, Object> event = Map.of("specversion", "1.0", "id", phase + data, "source", "/test", "type", type, "data", data);
        Path file = Files.writeString(Files.createTempFile(folder, "event", ".json"), Json.write(event));
        return FunctionProcess.start(folder, "--event", file.toString());
    }

    private Run await(FunctionProcess job, long seed, Predicate<Run> state) throws InterruptedException {
        Eventually.holds("the run is as wanted, or the process ended",
                () -> run(seed).filter(state).isPresent() || !job.isAlive());
        assertTrue(job.isAlive(), job::log);
        return run(seed).orElseThrow();
    }

    private Optional<Run> run(long seed) {
        return runs.list().stream().filter(run -> run.phase().equals(phase) && run.seed() == seed).findFirst();
    }

    private static int epoch(Run run) {
        return run.progress().get("epoch") instanceof Number epoch ? epoch.intValue() : 0;
    }

    private void assertToldOnce(Run done) {
        assertEquals(List.of(phase + ".completed:" + done.id() + ":" + done.attempt()), outbox.take(1000, Duration.ZERO).stream()
                .map(Event::id).filter(id -> id.startsWith(phase + ".completed:" + done.id())).toList());
    }

    private Map<String, Object> manifest(Run run) {
        return artifacts.read("bundles/" + run.id(), Bundle::readManifest);
    }

    @Test
    void killedTwiceAJobGoesOnFromItsCheckpointAndEndsWithTheBundleOfAnUndisturbedRun() throws Exception {
        Map<String, Object> data = beginning(1);
        FunctionProcess first = job(trigger, data);
        Run begun = await(first, 1, run -> epoch(run) >= 3);
        first.kill();
        assertEquals(Run.State.RUNNING, runs.find(begun.id()).orElseThrow().state());
        FunctionProcess second = job(trigger, data);
        // Each claim of a run whose worker was lost counts a death, and each word of progress forgets them.
        Run resumed = await(second, 1, run -> run.attempt() == 2 && run.deaths() == 0);
        assertTrue(epoch(resumed) >= 3 || !resumed.progress().get("part").equals(begun.progress().get("part")),
                () -> resumed.progress().toString());
        second.kill();
        job(trigger, data).assertExit(0);

        Run done = run(1).orElseThrow();
        assertEquals(Run.State.SUCCEEDED, done.state());
        assertEquals(3, done.attempt());
        assertEquals(trainer.undisturbed(done, folder), manifest(done));
        assertToldOnce(done);
        assertFalse(artifacts.exists("checkpoints/" + done.id()));
    }

    @Test
    void aWorkerThatSleepsPastItsLeaseAndWakesUpChangesNothing() throws Exception {
        Map<String, Object> data = beginning(2);
        FunctionProcess sleeper = job(trigger, data);
        await(sleeper, 2, run -> epoch(run) >= 2);
        sleeper.pause();
        try {
            FunctionProcess other = job(trigger, data);
            other.assertExit(0);
            Run done = run(2).orElseThrow();
            assertEquals(2, done.attempt());
            Map<String, Object> manifest = manifest(done);
            sleeper.resume();
            // Its run is done, though not by itself.
            sleeper.assertExit(0);

            assertEquals(done, run(2).orElseThrow());
            assertEquals(manifest, manifest(done));
            assertEquals(trainer.undisturbed(done, folder), manifest);
            assertToldOnce(done);
        } finally {
            sleeper.kill();
        }
    }

    @Test
    void aJobForAParkedRunOrABadEventEndsWithTwo() throws Exception {
        Run parked = trainer.parked(phase, trainer.stock("shop", 100));
        FunctionProcess inVain = job("io.padrec." + phase + ".requested", Map.of("run", parked.id()));
        FunctionProcess nothing = job("io.padrec." + phase + ".requested", Map.of("run", "no-run"));
        inVain.assertExit(2);
        nothing.assertExit(2);
        assertEquals(Run.State.FAILED, runs.find(parked.id()).orElseThrow().state());
    }
}
