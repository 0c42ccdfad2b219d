package io.padrec.recommend;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.padrec.ranking.IndexInfo;
import io.padrec.ranking.Stages;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is measured of serving. */
@ApplicationScoped
class Meters implements Stages {
    private record Kind(String kind, String model, String variant) {
    }

    @Inject
    MeterRegistry registry;

    private final Map<Kind, Counter> answers = new ConcurrentHashMap<>();
    private final Map<String, List<Meter>> gauges = new ConcurrentHashMap<>();
    private Timer encode;
    private Timer score;
    private Timer best;
    private Timer database;
    private Counter hits;
    private Counter misses;
    private Counter swaps;
    private Counter dropped;

    @PostConstruct
    void register() {
        encode = stage("encode");
        score = stage("score");
        best = stage("top-k");
        database = stage("database");
        hits = pinned("hit");
        misses = pinned("miss");
        swaps = Counter.builder("padrec.recommend.swaps").description("Times that another model took over").register(registry);
        dropped = Counter.builder("padrec.recommend.shadow.dropped")
                .description("Questions that the shadow was too slow for").register(registry);
    }

    private Timer stage(String name) {
        return Timer.builder("padrec.recommend.stage").tag("stage", name).description("Time that a stage of answering takes")
                .serviceLevelObjectives(millis(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000)).register(registry);
    }

    private static Duration[] millis(double... bounds) {
        return Arrays.stream(bounds).mapToObj(bound -> Duration.ofNanos((long) (bound * 1e6))).toArray(Duration[]::new);
    }

    private Counter pinned(String result) {
        return Counter.builder("padrec.recommend.pinned").tag("result", result)
                .description("Requests for a model by its id, by whether it was in memory").register(registry);
    }

    @Override
    public void took(long encoding, long scoring, long choosing) {
        encode.record(encoding, TimeUnit.NANOSECONDS);
        score.record(scoring, TimeUnit.NANOSECONDS);
        best.record(choosing, TimeUnit.NANOSECONDS);
    }

    void database(long nanos) {
        database.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** @param kind {@code history}, {@code user}, {@code popular} or {@code similar} */
    void answered(String kind, Use use) {
        answers.computeIfAbsent(new Kind(kind, use.model().id(), use.variant()), of -> Counter.builder("padrec.recommend.answers")
                .tag("kind", of.kind).tag("model", of.model).tag("variant", of.variant).description("Lists of items that were answered")
                .register(registry)).increment();
    }

    void pinned(boolean hit) {
        (hit ? hits : misses).increment();
    }

    void swapped() {
        swaps.increment();
    }

    void shadowDropped() {
        dropped.increment();
    }

    /** @param overlap share of the served items that the shadow would have served too */
    void shadowed(Use shadow, double overlap) {
        DistributionSummary.builder("padrec.recommend.shadow.overlap").tag("model", shadow.model().id())
                .description("Share of the served items that the shadow would have served")
                .serviceLevelObjectives(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1).register(registry).record(overlap);
    }

    /** Shows the model of that id for as long as it is in memory. */
    void watch(String id, Supplier<Optional<ServedModel>> model) {
        gauges.computeIfAbsent(id, watched -> List.of(
                gauge("padrec.recommend.items", id, "Items that can be recommended", model, one -> one.items().size()),
                gauge("padrec.recommend.index.recall", id, "Share of the exact ten best that the index finds; 1 where search is exact",
                        model, one -> one.ranker().index().recall()),
                gauge("padrec.recommend.index.ready", id, "1 where the index is ready, or none is needed",
                        model, one -> isReady(one.ranker().index()) ? 1 : 0)));
    }

    private Meter gauge(String name, String id, String description, Supplier<Optional<ServedModel>> model,
            ToDoubleFunction<ServedModel> value) {
        return Gauge.builder(name, () -> model.get().map(value::applyAsDouble).orElse(Double.NaN)).tag("model", id)
                .description(description).register(registry);
    }

    private static boolean isReady(IndexInfo index) {
        return index.state() == IndexInfo.State.READY || index.state() == IndexInfo.State.NONE;
    }

    void unwatch(String id) {
        gauges.remove(id).forEach(registry::remove);
    }
}
