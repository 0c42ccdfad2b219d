package io.padrec.recommend;

import io.padrec.core.PadrecException;
import io.padrec.ranking.Ranker;
import io.padrec.store.Artifacts;
import io.padrec.store.Model;
import io.padrec.store.Models;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gets the model to serve: the bundle that {@code padrec.model} names, once; else the store's promoted model, looked for again and
 * again. A bundle that is damaged or missing is refused, and the model before it serves on.
 */
@ApplicationScoped
class ModelLoading {
    private static final Logger LOG = Logger.getLogger(ModelLoading.class);
    /** A refused bundle is read again after this long: checking its hash costs too much to do it at every look. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ConfigProperty(name = "padrec.model")
    Optional<Path> folder;

    @ConfigProperty(name = "padrec.recommend.reload-every")
    Duration interval;

    @Inject
    Serving serving;

    @Inject
    Instance<Models> models;

    @Inject
    Artifacts artifacts;

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("padrec-promoted-model").factory());

    // Written by the one thread of the watch, after the first look at start.
    private String servedBundle;
    private String refusedBundle;
    private long refusedAt;
    private String outage;

    void start(@Observes StartupEvent event) {
        if (folder.isPresent()) {
            serving.serve(fixed(folder.get()));
        } else if (interval.isPositive()) {
            // The first look happens before the port opens: a ready server is one that can answer.
            look();
            watch.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        watch.shutdownNow();
    }

    private static ServedModel fixed(Path folder) {
        Ranker ranker = Ranker.load(folder);
        try {
            return new ServedModel(folder.toRealPath().getFileName().toString(),
                    String.valueOf(ranker.manifest().get("dataset")), ranker);
        } catch (IOException e) {
            throw new PadrecException("cannot read bundle " + folder + ": " + e, e);
        }
    }

    /** Has the promoted model looked up at once. Nothing where a folder's model is served, or none is looked for. */
    void lookNow() {
        if (folder.isEmpty() && interval.isPositive()) {
            watch.execute(this::look);
        }
    }

    private void look() {
        try {
            models.get().promoted().ifPresent(this::take);
            serving.storeDown(false);
            if (outage != null) {
                LOG.info("The promoted model can be looked up again.");
                outage = null;
            }
        } catch (RuntimeException e) {
            serving.storeDown(true);
            // Said once an outage, not every two seconds; the watch must outlive whatever goes wrong.
            if (!String.valueOf(e.getMessage()).equals(outage)) {
                LOG.warnf(e instanceof PadrecException ? null : e, "The promoted model cannot be looked up: %s", e.getMessage());
                outage = String.valueOf(e.getMessage());
            }
        }
    }

    private void take(Model promoted) {
        String bundle = promoted.id() + " " + promoted.bundle();
        boolean refusedLately = bundle.equals(refusedBundle) && System.nanoTime() - refusedAt < PATIENCE.toNanos();
        if (bundle.equals(servedBundle) || refusedLately) {
            return;
        }
        try {
            Ranker ranker = artifacts.read(promoted.bundle(), Ranker::load);
            serving.serve(new ServedModel(promoted.id(), promoted.dataset(), ranker));
            servedBundle = bundle;
            refusedBundle = null;
            LOG.infof("Serving model %s: %d items.", promoted.id(), ranker.catalogue().size());
        } catch (RuntimeException e) {
            serving.refuse(promoted.id());
            refusedBundle = bundle;
            refusedAt = System.nanoTime();
            LOG.warnf(e instanceof PadrecException ? null : e, "Model %s is refused, %s: %s", promoted.id(),
                    serving.current().map(model -> model.id() + " serves on").orElse("none is served"), e.getMessage());
        }
    }
}
