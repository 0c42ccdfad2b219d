package io.padrec.recommend;

import io.padrec.core.PadrecException;
import io.padrec.store.Model;
import io.padrec.store.Models;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gets the models to serve: the bundle that {@code padrec.model} names, once, else the store's promoted model; and those that the
 * variants and the shadow name. The store is asked again and again. A bundle that is damaged or missing is refused, and what serves
 * serves on.
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

    @ConfigProperty(name = "padrec.recommend.variants")
    Optional<List<String>> variants;

    @ConfigProperty(name = "padrec.recommend.shadow")
    Optional<String> shadow;

    @Inject
    Serving serving;

    @Inject
    LoadedModels loaded;

    @Inject
    FreshItems items;

    @Inject
    Instance<Models> models;

    @Inject
    Meters meters;

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("padrec-models").factory());

    // Written by the one thread of the watch, after the first look at start.
    /** The bundle of each model that is served, by the model's id. */
    private final Map<String, String> bundles = new HashMap<>();
    /** When a model was refused last. */
    private final Map<String, Long> refusals = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();
    private String outage;

    void start(@Observes StartupEvent event) {
        serving.divide(Split.of(variants.orElse(List.of())));
        folder.ifPresent(bundle -> serving.serve(new Serving.Lineup(loaded.load(bundle), Map.of())));
        if (isLooking()) {
            // The first look happens before the port opens: a ready server is one that can answer.
            look();
            watch.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        watch.shutdownNow();
    }

    /** Has the models looked up at once. Nothing where none is looked for. */
    void lookNow() {
        if (isLooking()) {
            watch.execute(this::look);
        }
    }

    private boolean isLooking() {
        return interval.isPositive() && (folder.isEmpty() || !wanted().isEmpty());
    }

    /** Ids of the models that are needed beside the promoted one. */
    private Set<String> wanted() {
        Set<String> ids = new LinkedHashSet<>(serving.split().models());
        shadow.ifPresent(ids::add);
        return ids;
    }

    private void look() {
        try {
            update();
            serving.storeDown(false);
            if (outage != null) {
                LOG.info("Models can be looked up again.");
                outage = null;
            }
        } catch (RuntimeException e) {
            serving.storeDown(true);
            // Said once an outage, not every two seconds; the watch must outlive whatever goes wrong.
            if (!watch.isShutdown() && !String.valueOf(e.getMessage()).equals(outage)) {
                LOG.warnf(e instanceof PadrecException ? null : e, "Models cannot be looked up: %s", e.getMessage());
                outage = String.valueOf(e.getMessage());
            }
        }
    }

    private void update() {
        Serving.Lineup before = serving.lineup();
        Optional<Model> promoted = folder.isPresent() ? Optional.empty() : models.get().promoted();
        ServedModel main = promoted.flatMap(model -> served(model, before)).orElse(before.promoted());
        Map<String, ServedModel> others = new HashMap<>();
        for (String id : wanted()) {
            if (main == null || !main.id().equals(id)) {
                models.get().find(id).or(() -> unknown(id)).flatMap(model -> served(model, before))
                        .or(() -> before.find(id)).ifPresent(model -> others.put(id, model));
            }
        }
        Serving.Lineup next = new Serving.Lineup(main, Map.copyOf(others));
        if (!next.equals(before)) {
            swap(before, next);
        }
        serving.refuse(promoted.filter(model -> main == null || !isServed(model, main)).map(Model::id).orElse(null));
    }

    private void swap(Serving.Lineup before, Serving.Lineup next) {
        serving.serve(next);
        if (next.promoted() != before.promoted()) {
            meters.swapped();
            LOG.infof("Serving model %s: %d items.", next.promoted().id(), next.promoted().items().size());
        }
        if (before.promoted() != null && before.promoted() != next.promoted() && !next.others().containsValue(before.promoted())) {
            loaded.drop(before.promoted());
        }
        before.others().values().stream().filter(model -> model != next.promoted() && !next.others().containsValue(model))
                .forEach(loaded::drop);
    }

    /** Said once; it may be registered at any moment. */
    private Optional<Model> unknown(String id) {
        if (unknown.add(id)) {
            LOG.warnf("There is no model %s yet; the promoted one answers in its place", id);
        }
        return Optional.empty();
    }

    private boolean isServed(Model model, ServedModel served) {
        return served.id().equals(model.id()) && Objects.equals(bundles.get(model.id()), model.bundle());
    }

    /** The model in memory: the one that serves already, or read now; empty where its bundle is refused. */
    private Optional<ServedModel> served(Model model, Serving.Lineup before) {
        Optional<ServedModel> present = before.find(model.id()).filter(served -> isServed(model, served));
        if (present.isPresent()) {
            return present;
        }
        if (isRefusedLately(model.id())) {
            return Optional.empty();
        }
        try {
            ServedModel read = loaded.load(model);
            bundles.put(model.id(), model.bundle());
            refusals.remove(model.id());
            unknown.remove(model.id());
            items.bringUpToDateIfPossible(read);
            return Optional.of(read);
        } catch (RuntimeException e) {
            refuse(model.id(), e instanceof PadrecException ? e.getMessage() : e.toString());
            return Optional.empty();
        }
    }

    private boolean isRefusedLately(String id) {
        Long since = refusals.get(id);
        return since != null && System.nanoTime() - since < PATIENCE.toNanos();
    }

    private void refuse(String id, String reason) {
        if (!isRefusedLately(id)) {
            refusals.put(id, System.nanoTime());
            LOG.warnf("Model %s is refused, %s: %s", id, serving.current().map(model -> model.id() + " serves on")
                    .orElse("none is served"), reason);
        }
    }
}
