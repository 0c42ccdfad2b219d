package io.padrec.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far embedding is, for metrics and health. */
@ApplicationScoped
class EmbeddingState {
    /** What is wrong with no dataset in particular. */
    static final String ALL = "";

    private final Map<String, Long> waiting = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;
    private final Counter embedded;
    private final Gauge gauge;

    @Inject
    EmbeddingState(MeterRegistry metrics) {
        this.metrics = metrics;
        embedded = metrics.counter("padrec.ingest.items.embedded");
        gauge = Gauge.builder("padrec.ingest.items.waiting", this, EmbeddingState::waiting).register(metrics);
    }

    /** The registry outlives the application where another one starts in its JVM, as in tests. */
    @PreDestroy
    void close() {
        metrics.remove(gauge);
    }

    void waiting(String dataset, long items) {
        waiting.put(dataset, items);
    }

    /** Items of all datasets that wait, as far as this process knows. */
    long waiting() {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }

    /** So many items of a dataset have their vectors now. */
    void embedded(String dataset, int items) {
        embedded.increment(items);
        waiting.merge(dataset, 0L, (before, none) -> Math.max(0, before - items));
    }

    /** @return whether this is news */
    boolean failed(String dataset, String reason) {
        return !reason.equals(failures.put(dataset, reason));
    }

    /** @return whether it had failed before */
    boolean succeeded(String dataset) {
        return failures.remove(dataset) != null;
    }

    boolean isFailing() {
        return !failures.isEmpty();
    }

    /** Items that were given vectors since this process began. */
    long embedded() {
        return (long) embedded.count();
    }
}
