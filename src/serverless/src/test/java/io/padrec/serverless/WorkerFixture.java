package io.padrec.serverless;

import io.padrec.serverless.testing.Eventually;
import io.padrec.serverless.testing.Gateway;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Workers as other processes have them, on one database that a test can take away. */
abstract class WorkerFixture {
    private static final AtomicInteger SEEDS = new AtomicInteger();

    @Inject
    TinyPhase phase;

    @Inject
    Runs runs;

    @Inject
    TraceContext traces;

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
    Worker worker(Duration poll) {
        Attempt attempt = new Attempt();
        attempt.runs = runs;
        attempt.traces = traces;
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

    Worker worker() {
        return worker(Duration.ofMillis(50));
    }

    Run begin() {
        return phase.begin(SEEDS.incrementAndGet());
    }

    Run awaitState(Run run, Run.State state) throws InterruptedException {
        Eventually.holds(run.id() + " is " + state, () -> runs.find(run.id()).orElseThrow().state() == state);
        return runs.find(run.id()).orElseThrow();
    }

    List<String> told(Run run) {
        return QuarkusTransaction.requiringNew().call(() -> entities.createNativeQuery(
                "SELECT type FROM outbox WHERE subject = ?1", String.class).setParameter(1, run.id()).getResultList()
                .stream().map(String::valueOf).toList());
    }

    void execute(String sql, Run run) {
        QuarkusTransaction.requiringNew().run(() -> entities.createNativeQuery(sql).setParameter(1, run.id()).executeUpdate());
    }
}
