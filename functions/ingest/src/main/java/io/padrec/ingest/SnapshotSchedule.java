package io.padrec.ingest;

import io.padrec.core.Split;
import io.padrec.serverless.Problem;
import io.padrec.store.Dataset;
import io.padrec.store.Datasets;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Cuts snapshots that nobody asks for: of each dataset that changed, {@code padrec.snapshot.every} so often, and when
 * {@code padrec.snapshot.after-interactions} came since the newest. Several processes that do so cut the same snapshots, and tell
 * the same.
 */
@ApplicationScoped
class SnapshotSchedule {
    private static final Logger LOG = Logger.getLogger(SnapshotSchedule.class);
    /** How long a snapshot that is being cut has to be finished; one that is not is cut again by another process. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Inject
    Datasets datasets;

    @Inject
    Snapshots snapshots;

    @Inject
    SnapshotCutting cutting;

    @ConfigProperty(name = "padrec.run.worker")
    boolean worker;

    @ConfigProperty(name = "padrec.snapshot.every")
    Optional<Duration> every;

    @ConfigProperty(name = "padrec.snapshot.after-interactions")
    OptionalInt after;

    @ConfigProperty(name = "padrec.snapshot.poll")
    Duration poll;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("padrec-snapshots").factory());

    // Written by the one thread of the clock.
    private final Map<String, String> cutContent = new HashMap<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final Map<String, Long> cutAt = new HashMap<>();
    private final long startedAt = System.nanoTime();

    void start(@Observes StartupEvent event) {
        if (worker && (every.isPresent() || after.isPresent())) {
            clock.scheduleWithFixedDelay(this::look, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            for (Dataset dataset : datasets.list()) {
                if (isDue(dataset) || hasEnough(dataset)) {
                    cut(dataset);
                }
            }
            refused("", "");
        } catch (RuntimeException e) {
            refused("", "The datasets cannot be looked through for snapshots: " + e.getMessage());
        }
    }

    private boolean isDue(Dataset dataset) {
        return every.isPresent()
                && System.nanoTime() - cutAt.getOrDefault(dataset.name(), startedAt) >= every.get().toNanos();
    }

    private boolean hasEnough(Dataset dataset) {
        return after.isPresent() && dataset.interactions() - snapshots.newest(dataset.name())
                .map(SnapshotRecord::interactions).orElse(0) >= after.getAsInt();
    }

    private void cut(Dataset dataset) {
        String name = dataset.name();
        if (dataset.contentHash().equals(cutContent.get(name))) {
            cutAt.put(name, System.nanoTime());
            return;
        }
        try {
            SnapshotRecord snapshot = cutting.cut(name, Split.Kind.LEAVE_ONE_OUT, TrainingWish.NONE, null);
            cutContent.put(name, dataset.contentHash());
            cutAt.put(name, System.nanoTime());
            refused(name, "");
            LOG.infof("Snapshot %s of dataset %s was cut: %d interactions.", snapshot.hash(), name, snapshot.interactions());
        } catch (Problem waits) {
            // Items without vectors, or users without histories: either may be over at the next look.
            LOG.debugf("No snapshot of dataset %s: %s", name, waits.getMessage());
        } catch (RuntimeException e) {
            refused(name, "No snapshot can be cut of dataset " + name + ": " + e.getMessage());
        }
    }

    /** Said once, not at every look; the clock must outlive whatever goes wrong. */
    private void refused(String dataset, String reason) {
        if (!reason.equals(refusals.put(dataset, reason)) && !reason.isEmpty()) {
            LOG.warn(reason);
        }
    }
}
