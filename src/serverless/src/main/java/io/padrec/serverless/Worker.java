package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.padrec.store.Claim;
import io.padrec.store.Runs;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Works on the runs of the application's phase, one after another, whoever began them. */
@ApplicationScoped
public class Worker {
    private static final Logger LOG = Logger.getLogger(Worker.class);

    /** That there may be a run to work on. */
    record Nudge() {
    }

    @Inject
    Instance<PhaseWork> works;

    @Inject
    Runs runs;

    @Inject
    Attempt attempt;

    @Inject
    Event<Nudge> nudges;

    @ConfigProperty(name = "padrec.run.worker")
    boolean enabled;

    @ConfigProperty(name = "padrec.run.poll")
    Duration poll;

    @ConfigProperty(name = "padrec.run.grace")
    Duration grace;

    private final String owner = owner();
    private final Semaphore nudged = new Semaphore(0);
    private volatile boolean stopping;

    void start(@Observes StartupEvent event) {
        if (enabled && works.isResolvable()) {
            begin(works.get());
        }
    }

    void begin(PhaseWork work) {
        Thread.ofPlatform().daemon().name("padrec-worker").start(() -> loop(work));
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        nudged.release();
        attempt.stop(grace);
    }

    /** Has the worker look for runs now: after the commit where a transaction is under way. Nothing where there is no worker. */
    public void nudge() {
        nudges.fire(new Nudge());
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Nudge nudge) {
        nudged.release();
    }

    private void loop(PhaseWork work) {
        boolean told = false;
        while (!stopping) {
            Optional<Claim> claim = Optional.empty();
            try {
                claim = runs.claim(work.phase(), owner, attempt.lease());
                told = false;
            } catch (RuntimeException e) {
                // Said once an outage, not every second; the worker must outlive whatever goes wrong.
                if (!told) {
                    LOG.warnf(e instanceof PadrecException ? null : e, "Runs cannot be looked for: %s", e.getMessage());
                }
                told = true;
            }
            claim.ifPresentOrElse(claimed -> attempt.work(work, claimed), this::await);
        }
    }

    private void await() {
        try {
            nudged.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
            nudged.drainPermits();
        } catch (InterruptedException e) {
            // Of an attempt that has just ended; stopping is said otherwise.
            LOG.debug("The worker was interrupted between two runs.");
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** Who works, as runs name it: a name that no other process has, or had. */
    String name() {
        return owner;
    }

    private static String owner() {
        return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost") + ":" + ProcessHandle.current().pid() + ":"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
