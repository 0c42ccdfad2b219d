package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.padrec.store.Outbox;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether the database answers, and how many events wait to leave. Without a sink they wait for ever, and that is said. */
@Readiness
@ApplicationScoped
class StoreReady implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Inject
    Outbox outbox;

    @ConfigProperty(name = "padrec.store.active")
    boolean active;

    @ConfigProperty(name = "padrec.store.required")
    boolean required;

    @ConfigProperty(name = "padrec.events.sink")
    Optional<String> sink;

    private final ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();

    @PreDestroy
    void close() {
        looks.shutdownNow();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health = HealthCheckResponse.named("store").withData("sink", sink.isPresent() ? "set" : "none");
        if (!active) {
            return health.withData("database", "none").status(!required).build();
        }
        // A probe is given up after some seconds, and a database that is silent takes longer to be called away.
        Future<Long> unsent = looks.submit(() -> outbox.unsent());
        try {
            return health.withData("database", "up").withData("unsent", unsent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).up()
                    .build();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof PadrecException)) {
                throw new IllegalStateException(e.getCause());
            }
        } catch (TimeoutException e) {
            // As good as down, and down is said below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return health.withData("database", "down").status(!required).build();
    }
}
