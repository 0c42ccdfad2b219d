package io.padrec.serverless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import io.padrec.serverless.testing.StoreBehindGateway;
import io.padrec.store.Claim;
import io.padrec.store.Run;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreBehindGateway.class)
class WorkerTest extends WorkerFixture {
    @Inject
    Worker injected;

    @Test
    void aRunIsDoneAndTold() throws Exception {
        Run run = begin();
        worker();
        Run done = awaitState(run, Run.State.SUCCEEDED);
        assertEquals(Map.of("hr@10", 0.5), done.metrics());
        assertEquals(1, done.attempt());
        assertEquals(List.of("io.padrec.pretrain.completed"), told(run));
    }

    @Test
    void ofTwoWorkersOneWorksOnARunAndEachRunIsDoneOnce() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        phase.doing.set((claim, heart) -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            // Longer than a lease: only the heartbeat keeps it.
            Thread.sleep(1500);
            atOnce.decrementAndGet();
            return phase.succeed(claim);
        });
        Run one = begin();
        worker();
        worker();
        awaitState(one, Run.State.SUCCEEDED);
        assertEquals(1, most.get());
        Run two = begin();
        Run three = begin();
        assertEquals(1, awaitState(two, Run.State.SUCCEEDED).attempt());
        assertEquals(1, awaitState(three, Run.State.SUCCEEDED).attempt());
        assertEquals(3, phase.worked.get());
    }

    @Test
    void aRunThatFailsIsTriedAgainAndParkedWithItsErrorTheThirdTime() throws Exception {
        phase.doing.set((claim, heart) -> {
            throw claim.attempt() == 2 ? new PadrecException("the snapshot is damaged; cut it again")
                    : new IllegalStateException("out of luck");
        });
        Run run = begin();
        worker();
        Run parked = awaitState(run, Run.State.FAILED);
        assertEquals("java.lang.IllegalStateException: out of luck", parked.error());
        assertEquals(3, parked.failures());
        assertEquals(3, phase.worked.get());
        assertEquals(List.of("io.padrec.pretrain.failed"), told(run));
    }

    @Test
    void aRunThatOnceFailedMaySucceed() throws Exception {
        phase.doing.set((claim, heart) -> {
            if (claim.attempt() == 1) {
                throw new IllegalStateException("out of luck");
            }
            return phase.succeed(claim);
        });
        Run run = begin();
        worker();
        Run done = awaitState(run, Run.State.SUCCEEDED);
        assertEquals(2, done.attempt());
        assertNull(done.error());
    }

    @Test
    void aRunThatKillsItsWorkersIsParked() throws Exception {
        Run run = begin();
        execute("UPDATE run SET state = 'RUNNING', attempt = 10, deaths = 9, lease_owner = 'lost', "
                + "lease_expires = now() - interval '1 second' WHERE id = ?1", run);
        worker();
        Run parked = awaitState(run, Run.State.FAILED);
        assertTrue(parked.error().startsWith("10 workers in a row were lost"), parked.error());
        assertEquals(0, phase.worked.get());
        assertEquals(List.of("io.padrec.pretrain.failed"), told(run));
    }

    @Test
    void aNudgeIsHeardAfterTheCommitAndNotAfterARollback() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        WakeListener.HEARD.set(heard::incrementAndGet);
        QuarkusTransaction.requiringNew().run(() -> {
            injected.nudge();
            assertEquals(0, heard.get());
        });
        assertEquals(1, heard.get());
        QuarkusTransaction.begin();
        injected.nudge();
        QuarkusTransaction.rollback();
        assertEquals(1, heard.get());
        injected.nudge();
        assertEquals(2, heard.get());
    }

    @Test
    void aNudgedWorkerLooksAtOnce() throws Exception {
        Worker patient = worker(Duration.ofMinutes(10));
        Thread.sleep(200);
        Run run = begin();
        patient.wake(new Worker.Nudge());
        awaitState(run, Run.State.SUCCEEDED);
    }

    @Test
    void aRunOfAnotherProcessIsLeftAloneWhileItsLeaseHolds() throws Exception {
        Run run = begin();
        Claim claim = runs.claimRun(run.id(), "another process", Duration.ofSeconds(2)).orElseThrow();
        worker();
        Thread.sleep(1000);
        assertEquals(claim.attempt(), runs.find(run.id()).orElseThrow().attempt());
        assertEquals(2, awaitState(run, Run.State.SUCCEEDED).attempt(), "taken over when the lease ended");
    }
}
