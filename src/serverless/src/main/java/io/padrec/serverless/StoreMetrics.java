package io.padrec.serverless;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.padrec.core.PadrecException;
import io.padrec.store.Outbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What the database holds of runs and events, read when metrics are asked for, and not a number while it does not answer. */
@ApplicationScoped
class StoreMetrics {
    private static final Logger LOG = Logger.getLogger(StoreMetrics.class);
    /** One look serves all gauges that are asked for together. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Look(long unsent, Map<Run.State, Long> runs) {
    }

    @Inject
    MeterRegistry registry;

    @Inject
    Outbox outbox;

    @Inject
    Runs runs;

    private final List<Gauge> gauges = new ArrayList<>();
    private Optional<Look> last = Optional.empty();
    private long lookedAt = System.nanoTime() - FRESH.toNanos();

    void register(@Observes StartupEvent event) {
        gauges.add(Gauge.builder("padrec.outbox.unsent", this, self -> self.look().map(look -> (double) look.unsent())
                .orElse(Double.NaN)).description("Events that wait to leave").register(registry));
        for (Run.State state : Run.State.values()) {
            gauges.add(Gauge.builder("padrec.runs", this, self -> self.look()
                    .map(look -> (double) look.runs().getOrDefault(state, 0L)).orElse(Double.NaN))
                    .description("Runs by state").tag("state", state.name()).register(registry));
        }
    }

    /** The registry outlives the application where another one starts in its JVM, as in tests, and would keep gauges of nothing. */
    void remove(@Observes ShutdownEvent event) {
        gauges.forEach(registry::remove);
    }

    private synchronized Optional<Look> look() {
        if (System.nanoTime() - lookedAt >= FRESH.toNanos()) {
            try {
                last = Optional.of(new Look(outbox.unsent(), runs.counts()));
            } catch (PadrecException e) {
                LOG.debugf("Metrics lack the database's: %s", e.getMessage());
                last = Optional.empty();
            }
            lookedAt = System.nanoTime();
        }
        return last;
    }
}
