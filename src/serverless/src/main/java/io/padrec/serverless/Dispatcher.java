package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.padrec.store.Event;
import io.padrec.store.Outbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Sends what lies in the outbox to the sink, whoever put it there: at once after the commit, and what was not taken again and
 * again, by the outbox's pauses. Without a sink everything stays where it is.
 */
@ApplicationScoped
class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final int IN_FLIGHT = 16;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Longer than any broker or dead letter box brings an event again. */
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration BETWEEN_FORGETTING = Duration.ofDays(1);
    @Inject
    Outbox outbox;

    @Inject
    Sink sink;

    @ConfigProperty(name = "padrec.events.dispatch")
    boolean enabled;

    private final Semaphore nudged = new Semaphore(0);
    /** Whether the last event was refused, or found nobody. */
    private final AtomicBoolean refused = new AtomicBoolean();
    private volatile boolean stopping;
    private boolean outageTold;
    private long forgetAt = System.nanoTime();
    private Thread thread;

    void start(@Observes StartupEvent event) {
        if (enabled && sink.isSet()) {
            thread = Thread.ofPlatform().daemon().name("padrec-dispatcher").start(this::loop);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        nudged.release();
        if (thread != null) {
            try {
                // What is not noted by then is sent again by another process: a repeat, and no loss.
                thread.join(GRACE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An event was added and is committed. */
    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Event added) {
        nudged.release();
    }

    /**
     * Waits until nothing is left to send; at once where nothing is sent at all.
     *
     * @return false where something is still there after {@code patience}
     * @throws PadrecException where the database does not answer
     */
    boolean flush(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (thread != null && outbox.unsent() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            nudged.release();
            Thread.sleep(100);
        }
        return true;
    }

    private void loop() {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!stopping) {
                if (!sendSome(senders)) {
                    nudged.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                    nudged.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The dispatcher was interrupted.");
        }
    }

    /** @return whether there may be more to send at once */
    private boolean sendSome(ExecutorService senders) throws InterruptedException {
        try {
            List<Event> events = sink.isReady() ? outbox.take(IN_FLIGHT, lease()) : List.of();
            List<Callable<Void>> sending = new ArrayList<>(events.size());
            for (Event event : events) {
                sending.add(() -> {
                    send(event);
                    return null;
                });
            }
            senders.invokeAll(sending);
            // After them: what is wrong with old events must not keep new ones here.
            forgetOld();
            if (outageTold) {
                LOG.info("Events can be sent again.");
            }
            outageTold = false;
            return events.size() == IN_FLIGHT;
        } catch (RuntimeException e) {
            // Said once an outage; the dispatcher must outlive whatever goes wrong.
            if (!outageTold) {
                LOG.warnf(e instanceof PadrecException ? null : e, "Events cannot be sent: %s", e.getMessage());
            }
            outageTold = true;
            return false;
        }
    }

    private void forgetOld() {
        if (System.nanoTime() >= forgetAt) {
            outbox.forget(KEPT);
            forgetAt = System.nanoTime() + BETWEEN_FORGETTING.toNanos();
        }
    }

    /** Longer than sending can take, so that no other sender takes what is under way. */
    private Duration lease() {
        return sink.timeout().multipliedBy(2);
    }

    private void send(Event event) throws InterruptedException {
        try {
            String error = sink.send(event);
            if (error == null) {
                outbox.sent(event);
                if (refused.getAndSet(false)) {
                    LOG.info("Events are taken again.");
                }
            } else {
                outbox.failed(event, error);
                // Said once an outage, not for each event that waits for its end.
                LOG.logf(refused.getAndSet(true) ? Level.DEBUG : Level.WARN, "Event %s of %s was not taken, and is sent again: %s",
                        event.id(), event.source(), error);
            }
        } catch (RuntimeException e) {
            LOG.warnf(e instanceof PadrecException ? null : e, "How the sending of event %s of %s ended could not be noted; "
                    + "it is sent again: %s", event.id(), event.source(), e.getMessage());
        }
    }
}
