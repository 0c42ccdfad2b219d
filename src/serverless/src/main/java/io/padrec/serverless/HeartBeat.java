package io.padrec.serverless;

import io.padrec.store.Claim;
import io.padrec.store.LeaseLostException;
import io.padrec.store.Runs;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Renews a lease three times as often as it must be, and interrupts the worker where it is lost or the process stops. */
final class HeartBeat implements Heart, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HeartBeat.class);

    private final Runs runs;
    private final Claim claim;
    private final Duration lease;
    private final Thread worker = Thread.currentThread();
    private final Thread beating;
    // Guarded by this: after close() the worker, which does something else by then, is interrupted no more.
    private boolean over;
    private LeaseLostException lost;
    private boolean stopped;

    /** Beats for the thread that makes it. */
    HeartBeat(Runs runs, Claim claim, Duration lease) {
        this.runs = runs;
        this.claim = claim;
        this.lease = lease;
        this.beating = Thread.ofPlatform().daemon().name("padrec-heart " + claim.run().id()).start(this::beat);
    }

    Claim claim() {
        return claim;
    }

    private void beat() {
        boolean silent = false;
        while (true) {
            try {
                Thread.sleep(lease.dividedBy(silent ? 10 : 3));
                runs.heartbeat(claim, lease);
                silent = false;
            } catch (InterruptedException e) {
                // Closed.
                return;
            } catch (LeaseLostException e) {
                lose(e);
                return;
            } catch (RuntimeException e) {
                // The lease may expire meanwhile; as long as nobody takes the run over, it goes on.
                if (!silent) {
                    LOG.warnf("The lease of run %s cannot be renewed at the moment: %s", claim.run().id(), e.getMessage());
                }
                silent = true;
            }
        }
    }

    private synchronized void lose(LeaseLostException e) {
        if (!over) {
            lost = e;
            worker.interrupt();
        }
    }

    synchronized void stop() {
        if (!over) {
            stopped = true;
            worker.interrupt();
        }
    }

    synchronized boolean isLost() {
        return lost != null;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    @Override
    public synchronized void check() {
        if (lost != null) {
            throw lost;
        }
        if (stopped) {
            throw new StoppedException();
        }
    }

    /** Beats no more, and takes back an interrupt that the worker has not noticed. */
    @Override
    public void close() {
        synchronized (this) {
            over = true;
        }
        beating.interrupt();
        if (Thread.currentThread() == worker) {
            Thread.interrupted();
        }
    }
}
