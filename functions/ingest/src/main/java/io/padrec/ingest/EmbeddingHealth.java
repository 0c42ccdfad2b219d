package io.padrec.ingest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how embedding goes. An encoder that is down leaves the function ready: uploads are taken, and their items wait. */
@Readiness
@Singleton
class EmbeddingHealth implements HealthCheck {
    @Inject
    EmbeddingState state;

    @Override
    public HealthCheckResponse call() {
        // Health is open to all; what fails and where, the log says.
        return HealthCheckResponse.named("embedding").up().withData("waiting", state.waiting())
                .withData("state", state.isFailing() ? "failing" : "ok").build();
    }
}
