package io.padrec.recommend;

import io.padrec.core.PadrecException;
import io.padrec.serverless.Problem;
import io.padrec.store.Datasets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Looks users up in the database, so that its outage never holds up requests that bring their history with them: only a few
 * threads wait for the database at a time, and after a failure it is asked again by one request at a time.
 */
@ApplicationScoped
class UserHistories {
    private static final Logger LOG = Logger.getLogger(UserHistories.class);
    private static final int CONCURRENT = 8;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Inject
    Instance<Datasets> datasets;

    @Inject
    Meters meters;

    private final Semaphore permits = new Semaphore(CONCURRENT);
    /** When the database may be asked again, by {@link System#nanoTime()}; 0 while it answers. */
    private final AtomicLong askAgain = new AtomicLong();

    /**
     * The user's item ids, oldest first; empty where the dataset has no such user.
     *
     * @throws Problem 503 where the database cannot be asked
     */
    Optional<List<String>> of(String dataset, String user) {
        long paused = askAgain.get();
        if (paused != 0 && (System.nanoTime() < paused || !askAgain.compareAndSet(paused, nextTry()))) {
            throw unavailable();
        }
        if (!permitted()) {
            throw outage("all who asked still wait for the database");
        }
        long began = System.nanoTime();
        try {
            Optional<List<String>> history = datasets.get().history(dataset, user);
            meters.database(System.nanoTime() - began);
            askAgain.set(0);
            return history;
        } catch (PadrecException e) {
            throw outage(e.getMessage());
        } finally {
            permits.release();
        }
    }

    private Problem outage(String reason) {
        if (askAgain.getAndSet(nextTry()) == 0) {
            LOG.warnf("Users cannot be looked up: %s", reason);
        }
        return unavailable();
    }

    private boolean permitted() {
        try {
            return permits.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long nextTry() {
        return System.nanoTime() + PAUSE.toNanos();
    }

    private static Problem unavailable() {
        return Problem.unavailable("users cannot be looked up at the moment; try again, or POST the history itself");
    }
}
