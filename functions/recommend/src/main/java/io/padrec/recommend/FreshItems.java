package io.padrec.recommend;

import io.padrec.core.PadrecException;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.ItemChanges;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps the items of every model in memory as the store has them: again and again asks for what changed since, takes out what is
 * gone or not to be had, and puts in what got its text vector.
 */
@ApplicationScoped
class FreshItems {
    private static final Logger LOG = Logger.getLogger(FreshItems.class);
    /** While the database does not answer, it is asked ever more rarely. */
    private static final Duration RAREST = Duration.ofSeconds(10);
    private static final int AT_ONCE = 1000;

    @ConfigProperty(name = "padrec.recommend.items-every")
    Duration interval;

    @ConfigProperty(name = "padrec.store.active")
    boolean hasStore;

    @Inject
    LoadedModels loaded;

    @Inject
    Instance<Datasets> datasets;

    @Inject
    Instance<Embeddings> embeddings;

    @Inject
    Instance<Snapshots> snapshots;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("padrec-items").factory());

    // Written by that thread alone.
    private long pause;
    private String outage;

    void start(@Observes StartupEvent event) {
        if (hasStore && interval.isPositive()) {
            pause = interval.toMillis();
            thread.schedule(this::look, pause, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void look() {
        boolean up = true;
        for (ServedModel model : loaded.all()) {
            if (model.retain()) {
                try {
                    bringUpToDate(model);
                } catch (RuntimeException e) {
                    up = false;
                    tell(e);
                } finally {
                    model.release();
                }
            }
        }
        if (up && outage != null) {
            LOG.info("Changes of items can be read again.");
            outage = null;
        }
        pause = up ? interval.toMillis() : Math.min(2 * pause, RAREST.toMillis());
        if (!thread.isShutdown()) {
            thread.schedule(this::look, pause, TimeUnit.MILLISECONDS);
        }
    }

    /** Said once an outage, not every second. */
    private void tell(RuntimeException e) {
        if (!thread.isShutdown() && !String.valueOf(e.getMessage()).equals(outage)) {
            LOG.warnf(e instanceof PadrecException ? null : e, "Changes of items cannot be read: %s", e.getMessage());
            outage = String.valueOf(e.getMessage());
        }
    }

    /** What is gone or not to be had must not come back for a second with a model that is new here. */
    void bringUpToDateIfPossible(ServedModel model) {
        try {
            bringUpToDate(model);
        } catch (PadrecException e) {
            LOG.warnf("Model %s serves without what changed since its training: %s", model.id(), e.getMessage());
        }
    }

    /**
     * Takes in what changed since the last time.
     *
     * @throws PadrecException where the store cannot be asked, or does not have the model's dataset
     */
    private void bringUpToDate(ServedModel model) {
        ServedItems items = model.items();
        synchronized (items) {
            String encoder = encoder(model);
            items.begin();
            ItemChanges changes = datasets.get().changes(model.dataset(), encoder, items.revision(), items::take);
            if (changes.complete()) {
                items.removeTheRest();
            }
            List<String> coming = items.coming();
            for (int from = 0; from < coming.size(); from += AT_ONCE) {
                items.add(embeddings.get().vectors(model.dataset(), encoder,
                        coming.subList(from, Math.min(from + AT_ONCE, coming.size()))));
            }
            items.done(changes.revision());
        }
    }

    /** The text encoder that the model was trained with: of another one, no vector fits. Empty where nobody knows it. */
    private String encoder(ServedModel model) {
        String known = model.items().encoder();
        if (known == null) {
            known = model.ranker().manifest().get("encoder") instanceof String named ? named
                    : snapshots.get().find(String.valueOf(model.ranker().manifest().get("snapshot")), model.dataset())
                            .map(SnapshotRecord::encoder).orElse("");
            model.items().encoder(known);
        }
        return known;
    }
}
