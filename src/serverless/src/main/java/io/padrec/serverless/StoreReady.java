package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.padrec.store.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether the database answers, and how many events wait to leave. Without a sink they wait for ever, and that is said. */
@Readiness
@ApplicationScoped
class StoreReady implements HealthCheck {
    @Inject
    Outbox outbox;

    @ConfigProperty(name = "padrec.store.active")
    boolean active;

    @ConfigProperty(name = "padrec.store.required")
    boolean required;

    @ConfigProperty(name = "padrec.events.sink")
    Optional<String> sink;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health = HealthCheckResponse.named("store").withData("sink", sink.isPresent() ? "set" : "none");
        if (!active) {
            return health.withData("database", "none").status(!required).build();
        }
        try {
            return health.withData("database", "up").withData("unsent", outbox.unsent()).up().build();
        } catch (PadrecException e) {
            return health.withData("database", "down").status(!required).build();
        }
    }
}
