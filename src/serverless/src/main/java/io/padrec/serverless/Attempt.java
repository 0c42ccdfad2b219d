package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.padrec.store.Claim;
import io.padrec.store.LeaseLostException;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** One worker's time with one run: its lease is kept, and however the work ends, the run is told. One at a time in a process. */
@ApplicationScoped
class Attempt {
    private static final Logger LOG = Logger.getLogger(Attempt.class);

    @Inject
    Runs runs;

    @Inject
    TraceContext traces;

    @ConfigProperty(name = "padrec.run.lease")
    Duration lease;

    @ConfigProperty(name = "padrec.run.most-failures")
    int mostFailures;

    @ConfigProperty(name = "padrec.run.most-deaths")
    int mostDeaths;

    private final AtomicReference<HeartBeat> heart = new AtomicReference<>();
    private final Semaphore free = new Semaphore(1);

    /** How long a claim holds without a heartbeat. */
    Duration lease() {
        return lease;
    }

    void work(PhaseWork work, Claim claim) {
        free.acquireUninterruptibly();
        try {
            told(work, claim);
        } finally {
            free.release();
        }
    }

    private void told(PhaseWork work, Claim claim) {
        Run run = claim.run();
        MDC.put("run", run.id());
        MDC.put("phase", run.phase());
        try {
            if (run.deaths() >= mostDeaths) {
                String error = run.deaths() + " workers in a row were lost with this run before they said any progress (the "
                        + "last was attempt " + (claim.attempt() - 1) + "); is there memory enough for it?";
                tell(runs.fail(claim, error, 1, work.whenParked(run, error)));
                return;
            }
            LOG.infof("Run %s: attempt %d begins.", run.id(), claim.attempt());
            try (HeartBeat beat = new HeartBeat(runs, claim, lease)) {
                heart.set(beat);
                end(work, beat);
            } finally {
                heart.set(null);
            }
        } catch (LeaseLostException e) {
            LOG.infof("Run %s: %s.", run.id(), e.getMessage());
        } catch (RuntimeException e) {
            // Nobody can be told; the lease expires, and whoever is free begins where the last checkpoint is.
            LOG.warnf(e instanceof PadrecException ? null : e, "How run %s ended could not be noted: %s", run.id(), e.getMessage());
        } finally {
            MDC.remove("run");
            MDC.remove("phase");
        }
    }

    private void end(PhaseWork work, HeartBeat beat) {
        Claim claim = beat.claim();
        try {
            tell(traces.within(claim.run().traceparent(), claim.run().phase(), () -> work.work(claim, beat)));
        } catch (Throwable e) {
            // What the work says of an interrupt is of no interest; and the flag would disturb what follows.
            Thread.interrupted();
            if (beat.isLost()) {
                beat.check();
            }
            if (e instanceof LeaseLostException lost) {
                throw lost;
            }
            if (beat.isStopped() || isDatabaseAway(e)) {
                LOG.infof("Run %s is given back: %s", claim.run().id(), beat.isStopped() ? "the process stops" : e.getMessage());
                runs.release(claim);
                return;
            }
            boolean explained = e instanceof PadrecException;
            String error = explained ? e.getMessage() : e.toString();
            LOG.errorf(explained ? null : e, "Run %s failed in attempt %d: %s", claim.run().id(), claim.attempt(), error);
            tell(runs.fail(claim, error, mostFailures, work.whenParked(claim.run(), error)));
        }
    }

    /** A database that restarts is no failure of the run. */
    private static boolean isDatabaseAway(Throwable e) {
        return e instanceof PadrecException && Failures.isDatabase(e);
    }

    private static void tell(Run run) {
        LOG.infof("Run %s is %s%s.", run.id(), run.state(), run.error() == null ? "" : " (" + run.error() + ")");
    }

    /** Has the work that is under way stop, if any is; after {@code grace} its run is given back whether or not it heeds that. */
    void stop(Duration grace) {
        HeartBeat beat = heart.get();
        if (beat == null) {
            return;
        }
        beat.stop();
        try {
            if (free.tryAcquire(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release();
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What the work still writes is refused.
        beat.close();
        runs.release(beat.claim());
    }
}
