package io.padrec.serverless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import io.padrec.serverless.testing.Eventually;
import io.padrec.serverless.testing.Gateway;
import io.padrec.serverless.testing.StoreBehindGateway;
import io.padrec.store.Claim;
import io.padrec.store.LeaseLostException;
import io.padrec.store.Outbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreBehindGateway.class)
class WorkerTest {
    private static final AtomicInteger SEEDS = new AtomicInteger();

    @Inject
    TinyPhase phase;

    @Inject
    Runs runs;

    @Inject
    Outbox outbox;

    @Inject
    Worker injected;

    @Inject
    EntityManager entities;

    Gateway gateway;

    private final List<Worker> workers = new ArrayList<>();

    @BeforeEach
    void succeed() {
        phase.worked.set(0);
        phase.doing.set((claim, heart) -> phase.succeed(claim));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.become(Gateway.State.OPEN);
        workers.forEach(worker -> worker.stop(null));
    }

    /** A worker as another process has it. */
    private Worker worker(Duration poll) {
        Attempt attempt = new Attempt();
        attempt.runs = runs;
        attempt.lease = Duration.ofSeconds(1);
        attempt.mostFailures = 3;
        attempt.mostDeaths = 10;
        Worker worker = new Worker();
        worker.runs = runs;
        worker.attempt = attempt;
        worker.poll = poll;
        worker.grace = Duration.ofSeconds(1);
        workers.add(worker);
        worker.begin(phase);
        return worker;
    }

    private Worker worker() {
        return worker(Duration.ofMillis(50));
    }

    private Run begin() {
        return phase.begin(SEEDS.incrementAndGet());
    }

    private Run awaitState(Run run, Run.State state) throws InterruptedException {
        Eventually.holds(run.id() + " is " + state, () -> runs.find(run.id()).orElseThrow().state() == state);
        return runs.find(run.id()).orElseThrow();
    }

    private List<String> told(Run run) {
        return QuarkusTransaction.requiringNew().call(() -> entities.createNativeQuery(
                "SELECT type FROM outbox WHERE subject = ?1", String.class).setParameter(1, run.id()).getResultList()
                .stream().map(String::valueOf).toList());
    }

    private void execute(String sql, Run run) {
        QuarkusTransaction.requiringNew().run(() -> entities.createNativeQuery(sql).setParameter(1, run.id()).executeUpdate());
    }

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
    void whoeverLostTheLeaseIsToldAndStopsQuietly() throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        phase.doing.set((claim, heart) -> {
            try {
                Thread.sleep(10_000);
            } catch (InterruptedException e) {
                try {
                    heart.check();
                } catch (LeaseLostException lost) {
                    told.set(lost);
                    throw lost;
                }
            }
            return phase.succeed(claim);
        });
        Run run = begin();
        worker();
        awaitState(run, Run.State.RUNNING);
        execute("UPDATE run SET attempt = attempt + 1, lease_owner = 'another', lease_expires = now() + interval '1 hour' "
                + "WHERE id = ?1", run);
        Eventually.holds("the work is told", () -> told.get() != null);
        assertInstanceOf(LeaseLostException.class, told.get());
        phase.doing.set((claim, heart) -> phase.succeed(claim));
        Run next = begin();
        awaitState(next, Run.State.SUCCEEDED);
        Run stillAnothers = runs.find(run.id()).orElseThrow();
        assertEquals("another", stillAnothers.leaseOwner());
        assertEquals(0, stillAnothers.failures());
        assertEquals(List.of(), told(run));
    }

    @Test
    void aWorkerThatStopsGivesItsRunBackForAnotherToGoOn() throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        phase.doing.set((claim, heart) -> {
            try {
                Thread.sleep(10_000);
            } catch (InterruptedException e) {
                try {
                    heart.check();
                } catch (StoppedException stopped) {
                    told.set(stopped);
                    throw stopped;
                }
            }
            return phase.succeed(claim);
        });
        Run run = begin();
        Worker first = worker();
        awaitState(run, Run.State.RUNNING);
        first.stop(null);
        Run back = runs.find(run.id()).orElseThrow();
        assertNotNull(told.get());
        assertEquals(Run.State.QUEUED, back.state());
        assertEquals(0, back.failures());
        phase.doing.set((claim, heart) -> phase.succeed(claim));
        worker();
        assertEquals(2, awaitState(run, Run.State.SUCCEEDED).attempt());
    }

    @Test
    void workThatDoesNotHeedTheStopIsGivenBackAndWritesNothingMore() throws Exception {
        AtomicReference<Throwable> late = new AtomicReference<>();
        CountDownLatch end = new CountDownLatch(1);
        phase.doing.set((claim, heart) -> {
            awaitDeaf(end);
            try {
                return phase.succeed(claim);
            } catch (RuntimeException e) {
                late.set(e);
                throw e;
            }
        });
        Run run = begin();
        Worker deaf = worker();
        awaitState(run, Run.State.RUNNING);
        deaf.stop(null);
        assertEquals(Run.State.QUEUED, runs.find(run.id()).orElseThrow().state());
        end.countDown();
        Eventually.holds("its late success is refused", () -> late.get() != null);
        assertInstanceOf(LeaseLostException.class, late.get());
        assertEquals(Run.State.QUEUED, runs.find(run.id()).orElseThrow().state());
        phase.doing.set((claim, heart) -> phase.succeed(claim));
        worker();
        awaitState(run, Run.State.SUCCEEDED);
    }

    private static void awaitDeaf(CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                // Deaf, as native code is.
                continue;
            }
        }
    }

    @Test
    void aDatabaseThatIsAwayMeanwhileIsNoFailureOfTheRun() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        phase.doing.set((claim, heart) -> {
            if (claim.attempt() == 1) {
                away.await();
                runs.progress(claim, Map.of("epoch", 1));
            }
            return phase.succeed(claim);
        });
        Run run = begin();
        worker();
        awaitState(run, Run.State.RUNNING);
        gateway.become(Gateway.State.CLOSED);
        away.countDown();
        // Longer than the lease.
        Thread.sleep(2000);
        gateway.become(Gateway.State.OPEN);
        Run done = awaitState(run, Run.State.SUCCEEDED);
        assertEquals(0, done.failures());
        assertEquals(List.of("io.padrec.pretrain.completed"), told(run));
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
