package io.padrec.recommend;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Which model is served. Without one it is ready nevertheless, to say that there is none: a new installation has none, and one that
 * is never ready would never finish being installed.
 */
@Readiness
@ApplicationScoped
class ModelReady implements HealthCheck {
    @Inject
    Serving serving;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("model").up().withData("id", serving.current().map(ServedModel::id).orElse("none"))
                .build();
    }
}
