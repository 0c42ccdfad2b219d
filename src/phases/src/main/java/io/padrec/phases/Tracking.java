package io.padrec.phases;

import io.padrec.store.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Tells an MLflow tracking server of training runs, where {@code MLFLOW_TRACKING_URI} names one. That server is not needed: where it
 * fails, that is said once, and the training goes on untold.
 */
@ApplicationScoped
class Tracking {
    private static final Logger LOG = Logger.getLogger(Tracking.class);

    @ConfigProperty(name = "mlflow.tracking.uri")
    Optional<String> uri = Optional.empty();

    @ConfigProperty(name = "mlflow.experiment.name")
    Optional<String> experiment = Optional.empty();

    @ConfigProperty(name = "mlflow.tracking.token")
    Optional<String> token = Optional.empty();

    @ConfigProperty(name = "mlflow.tracking.username")
    Optional<String> username = Optional.empty();

    @ConfigProperty(name = "mlflow.tracking.password")
    Optional<String> password = Optional.empty();

    /** Until it answers again. */
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Begins to tell of a run; of one that an earlier attempt told of, as the same. */
    TrackedRun begin(Run run) {
        TrackedRun tracked = new TrackedRun(run, this::warn);
        uri.ifPresent(address -> tracked.attempt(() -> {
            tracked.begin(new Mlflow(address, authorization()), experiment.orElse("padrec"));
            warned.set(false);
        }));
        return tracked;
    }

    private Optional<String> authorization() {
        return token.map(bearer -> "Bearer " + bearer).or(() -> username.map(user -> "Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + password.orElse("")).getBytes(StandardCharsets.UTF_8))));
    }

    private void warn(Exception failure) {
        if (warned.compareAndSet(false, true)) {
            String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            LOG.warnf("Training goes on without MLflow at %s: %s", uri.orElse(""), reason);
        }
    }
}
