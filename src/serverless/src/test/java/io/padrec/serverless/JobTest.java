package io.padrec.serverless;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.core.Json;
import io.padrec.serverless.testing.Gateway;
import io.padrec.serverless.testing.StoreBehindGateway;
import io.padrec.store.Claim;
import io.padrec.store.EventTypes;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(StoreBehindGateway.class)
class JobTest {
    private static final AtomicInteger SEEDS = new AtomicInteger(1000);

    @Inject
    TinyPhase phase;

    @Inject
    Runs runs;

    @Inject
    Job job;

    @TempDir
    Path folder;

    Gateway gateway;

    @BeforeEach
    void succeed() {
        phase.worked.set(0);
        phase.doing.set((claim, heart) -> phase.succeed(claim));
    }

    private Path file(long seed, Map<String, Object> changes) throws IOException {
        Map<String, Object> event = new HashMap<>(Map.of("specversion", "1.0", "id", "snapshot-" + seed, "source", "/padrec/ingest",
                "type", EventTypes.SNAPSHOT_CREATED, "data", Map.of("snapshot", phase.snapshot(), "seed", seed)));
        event.putAll(changes);
        return Files.writeString(folder.resolve("event"), Json.write(event));
    }

    private Path file(long seed) throws IOException {
        return file(seed, Map.of());
    }

    private Run run(long seed) {
        return runs.list().stream().filter(run -> run.seed() == seed).findFirst().orElseThrow();
    }

    @Test
    void theEventsRunIsDoneOnceHoweverOftenTheEventComes() throws Exception {
        long seed = SEEDS.incrementAndGet();
        assertEquals(0, job.run(file(seed).toString()));
        assertEquals(Run.State.SUCCEEDED, run(seed).state());
        assertEquals(0, job.run(file(seed).toString()));
        assertEquals(1, phase.worked.get());
    }

    @Test
    void aRunOfAnotherProcessIsWaitedFor() throws Exception {
        long seed = SEEDS.incrementAndGet();
        Path file = file(seed);
        phase.consume(CloudEvents.structured(Files.readAllBytes(file)));
        Claim others = runs.claimRun(run(seed).id(), "another process", Duration.ofSeconds(60)).orElseThrow();
        Thread another = Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(1000);
                phase.succeed(others);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertEquals(0, job.run(file.toString()));
        another.join();
        assertEquals(0, phase.worked.get());
        assertEquals(1, run(seed).attempt());
    }

    @Test
    void aRunWhoseProcessWasLostIsTakenOver() throws Exception {
        long seed = SEEDS.incrementAndGet();
        Path file = file(seed);
        phase.consume(CloudEvents.structured(Files.readAllBytes(file)));
        runs.claimRun(run(seed).id(), "a lost process", Duration.ofSeconds(1)).orElseThrow();
        assertEquals(0, job.run(file.toString()));
        assertEquals(2, run(seed).attempt());
    }

    @Test
    void aRunThatIsParkedIsNotTriedAgain() throws Exception {
        long seed = SEEDS.incrementAndGet();
        phase.doing.set((claim, heart) -> {
            throw new IllegalStateException("out of luck");
        });
        assertEquals(2, job.run(file(seed).toString()));
        assertEquals(Run.State.FAILED, run(seed).state());
        assertEquals(3, phase.worked.get());
        assertEquals(2, job.run(file(seed).toString()), "and the event again does not begin it again");
        assertEquals(3, phase.worked.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{}", "{\"specversion\":\"1.0\"}", "[]"})
    void aFileThatHoldsNoEventIsABadEvent(String content) throws Exception {
        assertEquals(2, job.run(Files.writeString(folder.resolve("event"), content).toString()));
    }

    @Test
    void anEventThatCanHaveNoEffectIsABadEvent() throws Exception {
        assertEquals(2, job.run(folder.resolve("missing").toString()));
        assertEquals(2, job.run(file(1, Map.of("type", EventTypes.MODEL_PROMOTED)).toString()));
        assertEquals(2, job.run(file(-1).toString()));
        assertEquals(2, job.run(file(1, Map.of("data", Map.of("seed", 1, "snapshot", "0000"))).toString()));
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() throws Exception {
        long seed = SEEDS.incrementAndGet();
        Path file = file(seed);
        gateway.become(Gateway.State.CLOSED);
        Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(1500);
                gateway.become(Gateway.State.OPEN);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals(0, job.run(file.toString()));
        assertEquals(Run.State.SUCCEEDED, run(seed).state());
    }
}
