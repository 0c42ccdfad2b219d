package io.padrec.serverless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.padrec.serverless.testing.Eventually;
import io.padrec.serverless.testing.Gateway;
import io.padrec.serverless.testing.StoreBehindGateway;
import io.padrec.store.LeaseLostException;
import io.padrec.store.Run;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreBehindGateway.class)
class InterruptedWorkTest extends WorkerFixture {
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
}
