package io.padrec.ingest;

import io.padrec.core.PadrecException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The one thread that embeds: after uploads, and now and then for what other processes left. Where it fails it tries again, ever
 * later.
 */
@ApplicationScoped
class EmbeddingLoop {
    private static final Logger LOG = Logger.getLogger(EmbeddingLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    @Inject
    EmbeddingPass pass;

    @Inject
    EmbeddingState state;

    @ConfigProperty(name = "padrec.embed.enabled")
    boolean enabled;

    @ConfigProperty(name = "padrec.embed.poll")
    Duration poll;

    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("padrec-embedding").unstarted(this::run);

    void start(@Observes StartupEvent event) {
        if (enabled) {
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (enabled) {
            thread.interrupt();
            // An encoder in native code ends its batch first; a thread that waits for the database ends with the process.
            thread.join(FAREWELL);
        }
    }

    /** Something was uploaded. */
    void nudge() {
        nudges.release();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                if (everythingEmbedded()) {
                    pause = FIRST_PAUSE;
                    nudges.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    // No upload makes an encoder come back sooner.
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
                nudges.drainPermits();
            }
        } catch (InterruptedException | CancellationException e) {
            LOG.debug("Embedding ends with the process.");
        }
    }

    private boolean everythingEmbedded() {
        try {
            boolean failed = pass.run();
            if (state.succeeded(EmbeddingState.ALL)) {
                LOG.info("Embedding goes on.");
            }
            return !failed;
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("embedding was interrupted");
            }
            if (state.failed(EmbeddingState.ALL, String.valueOf(e.getMessage()))) {
                LOG.warnf(e instanceof PadrecException ? null : e, "Nothing is embedded for now: %s", e.getMessage());
            }
            return false;
        }
    }
}
