package io.padrec.phases;

import io.padrec.phases.Mlflow.Metric;
import io.padrec.store.Run;
import io.padrec.training.Progress;
import io.padrec.training.Progress.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A training run as MLflow sees it: the recipe's settings as params, each epoch's figures as metrics, what the run is of as tags. Silent
 * where there is no server, and from the first failure of one on.
 */
final class TrackedRun {
    private static final String RUN = "padrec.run";

    private final Run run;
    private final Consumer<Exception> warning;
    private Mlflow mlflow;
    private String id;

    /** Something to tell the server. */
    @FunctionalInterface
    interface Telling {
        void tell() throws IOException;
    }

    /** @param warning told of the first failure */
    TrackedRun(Run run, Consumer<Exception> warning) {
        this.run = run;
        this.warning = warning;
    }

    /** What fails here is said, and harms nothing else. */
    void attempt(Telling telling) {
        try {
            telling.tell();
        } catch (IOException | IllegalArgumentException e) {
            id = null;
            warning.accept(e);
        }
    }

    void begin(Mlflow server, String experiment) throws IOException {
        mlflow = server;
        String in = mlflow.experiment(experiment);
        String begun = mlflow.find(in, RUN, run.id()).orElse(null);
        if (begun == null) {
            begun = mlflow.create(in, run.phase() + " of " + run.dataset() + ", " + run.config().get("name") + ", seed " + run.seed(),
                    tags());
        } else {
            mlflow.running(begun);
        }
        // Also where the run is there: whoever made it may not have come so far.
        mlflow.log(begun, params(), List.of(), Map.of());
        id = begun;
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(RUN, run.id());
        tags.put("padrec.phase", run.phase());
        tags.put("padrec.dataset", run.dataset());
        tags.put("padrec.snapshot", run.snapshot());
        if (run.parent() != null) {
            tags.put("padrec.parent", run.parent());
        }
        return tags;
    }

    private Map<String, String> params() {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("seed", Long.toString(run.seed()));
        flatten("", run.config(), params);
        return params;
    }

    private static void flatten(String prefix, Map<?, ?> settings, Map<String, String> params) {
        settings.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + name + ".", inner, params);
            } else {
                params.put(prefix + name, String.valueOf(value));
            }
        });
    }

    /** Progress that is told to the server after the listener heard of it. */
    Progress telling(Progress listener) {
        return new Progress() {
            @Override
            public void step(Step step) {
                listener.step(step);
                told(() -> mlflow.log(id, Map.of(), metrics(step), Map.of()));
            }

            @Override
            public void batch(String part, int epoch, int epochs, double done) {
                listener.batch(part, epoch, epochs, done);
            }
        };
    }

    /** MLflow allows no {@code @} in names. */
    private static List<Metric> metrics(Step step) {
        long now = System.currentTimeMillis();
        List<Metric> metrics = new ArrayList<>();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", step.loss());
        figures.put("validation_hr_at_10", step.hr10());
        figures.put("validation_ndcg_at_10", step.ndcg10());
        figures.forEach((name, value) -> {
            // What is not measured is not a number.
            if (!value.isNaN()) {
                metrics.add(new Metric(step.part() + "/" + name, value, now, step.epoch()));
            }
        });
        return metrics;
    }

    /** @param bundle where it is, for people */
    void finished(String bundle) {
        told(() -> {
            mlflow.log(id, Map.of(), List.of(), Map.of("padrec.bundle", bundle));
            mlflow.end(id, "FINISHED");
        });
    }

    void failed(RuntimeException failure) {
        told(() -> {
            mlflow.log(id, Map.of(), List.of(), Map.of("padrec.error", String.valueOf(failure.getMessage())));
            mlflow.end(id, "FAILED");
        });
    }

    private void told(Telling telling) {
        if (id != null) {
            attempt(telling);
        }
    }
}
