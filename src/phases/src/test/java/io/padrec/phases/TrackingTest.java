package io.padrec.phases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.padrec.core.Json;
import io.padrec.store.Run;
import io.padrec.training.Progress;
import io.padrec.training.Progress.Step;
import io.padrec.training.Recipe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackingTest {
    private static final Progress SILENT = step -> {
    };

    /** A tracking server of one experiment at most and as many runs as begin. */
    private HttpServer server;
    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> runs = new HashMap<>();
    private boolean hasExperiment;
    private int status = 200;
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord line) {
            warnings.add(line.getMessage());
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };

    private record Told(String path, String authorization, Map<String, Object> body) {
        private Object of(String field) {
            return body.get(field);
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Logger.getLogger(Tracking.class.getName()).addHandler(listening);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        Logger.getLogger(Tracking.class.getName()).removeHandler(listening);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString().replaceFirst("^/api/2.0/mlflow/", "");
        Told call = new Told(path, exchange.getRequestHeaders().getFirst("Authorization"), body.isEmpty() ? Map.of() : Json.parseObject(body));
        told.add(call);
        Object found = status != 200 ? Map.of("error_code", "INTERNAL_ERROR") : found(call);
        byte[] answer = Json.write(found == null ? Map.of("error_code", "RESOURCE_DOES_NOT_EXIST") : found).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(found == null ? 404 : status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private Object found(Told call) {
        switch (call.path.replaceFirst("\\?.*", "")) {
            case "experiments/get-by-name" -> {
                return hasExperiment ? Map.of("experiment", Map.of("experiment_id", "7")) : null;
            }
            case "experiments/create" -> {
                hasExperiment = true;
                return Map.of("experiment_id", "7");
            }
            case "runs/search" -> {
                String wanted = ((String) call.of("filter")).replaceFirst("tags.`padrec.run` = '(.*)'", "$1");
                return runs.containsKey(wanted) ? Map.of("runs", List.of(Map.of("info", Map.of("run_id", runs.get(wanted))))) : Map.of();
            }
            case "runs/create" -> {
                runs.put((String) pairs(call, "tags").get("padrec.run"), "mlflow-" + runs.size());
                return Map.of("run", Map.of("info", Map.of("run_id", "mlflow-" + (runs.size() - 1))));
            }
            default -> {
                return Map.of();
            }
        }
    }

    private static Map<String, Object> pairs(Told call, String field) {
        Map<String, Object> pairs = new HashMap<>();
        ((List<?>) call.of(field)).forEach(pair -> pairs.put((String) ((Map<?, ?>) pair).get("key"), ((Map<?, ?>) pair).get("value")));
        return pairs;
    }

    private Tracking tracking() {
        Tracking tracking = new Tracking();
        tracking.uri = Optional.of("http://localhost:" + server.getAddress().getPort() + "/");
        return tracking;
    }

    private static Run run(String id) {
        return new Run(id, "align", "shop", "f00d", Recipe.best().toMap(), 3, "pretrain-1", Run.State.RUNNING, 1, 0, 0, "me", null, Map.of(),
                Map.of(), null, null, null, Instant.EPOCH, Instant.EPOCH, null);
    }

    private List<String> paths() {
        return told.stream().map(Told::path).toList();
    }

    @Test
    void aRunIsToldWithItsParamsEachEpochsMetricsAndItsBundle() {
        TrackedRun tracked = tracking().begin(run("align-1"));
        Progress progress = tracked.telling(SILENT);
        progress.step(new Step("aligned", 1, 2, 0.5, 0.25, 0.125, 1));
        progress.step(new Step("PAD", 2, 2, Double.NaN, Double.NaN, 0.25, Double.NaN));
        tracked.finished("s3://bucket/bundles/align-1");
        assertEquals(List.of("experiments/get-by-name?experiment_name=padrec", "experiments/create", "runs/search", "runs/create",
                "runs/log-batch", "runs/log-batch", "runs/log-batch", "runs/log-batch", "runs/update"), paths());
        assertEquals(Map.of("name", "padrec"), told.get(1).body);

        Told created = told.get(3);
        assertEquals("7", created.of("experiment_id"));
        assertEquals("align of shop, best, seed 3", created.of("run_name"));
        assertEquals(Map.of("padrec.run", "align-1", "padrec.phase", "align", "padrec.dataset", "shop", "padrec.snapshot", "f00d",
                "padrec.parent", "pretrain-1"), pairs(created, "tags"));
        Map<String, Object> params = pairs(told.get(4), "params");
        assertEquals(List.of("3", "cosine-softmax", "0.2", "12", "neighbours"), List.of(params.get("seed"), params.get("loss"),
                params.get("lambda"), params.get("align.epochs"), params.get("experts.text")));
        assertTrue(params.size() < 100, "one request takes 100 params: " + params.size());

        assertEquals(Map.of("aligned/loss", 0.5, "aligned/validation_hr_at_10", 0.25, "aligned/validation_ndcg_at_10", 0.125),
                pairs(told.get(5), "metrics"));
        Map<?, ?> metric = (Map<?, ?>) ((List<?>) told.get(6).of("metrics")).getFirst();
        assertEquals(List.of("PAD/validation_ndcg_at_10", 0.25, 2L), List.of(metric.get("key"), metric.get("value"), metric.get("step")));
        assertTrue(Math.abs((long) metric.get("timestamp") - System.currentTimeMillis()) < 60_000);
        assertEquals(Map.of("padrec.bundle", "s3://bucket/bundles/align-1"), pairs(told.get(7), "tags"));
        assertEquals("FINISHED", told.get(8).of("status"));
        assertTrue(told.subList(4, 9).stream().allMatch(call -> "mlflow-0".equals(call.of("run_id"))));
        assertEquals(List.of(), warnings);
    }

    @Test
    void aRunThatIsTakenUpAgainIsTheSameThere() {
        Tracking tracking = tracking();
        tracking.begin(run("align-1")).failed(new IllegalStateException("out of luck"));
        assertEquals("FAILED", told.getLast().of("status"));
        assertEquals(Map.of("padrec.error", "out of luck"), pairs(told.get(told.size() - 2), "tags"));
        told.clear();
        tracking.begin(run("align-1")).telling(SILENT).step(new Step("aligned", 2, 2, 0.5, 0.25, 0.125, 1));
        assertEquals(List.of("experiments/get-by-name?experiment_name=padrec", "runs/search", "runs/update", "runs/log-batch", "runs/log-batch"),
                paths());
        assertEquals(Map.of("run_id", "mlflow-0", "status", "RUNNING"), told.get(2).body);
        assertEquals(1, runs.size());
    }

    @Test
    void anotherExperimentAndAKeyAreSettings() {
        Tracking tracking = tracking();
        tracking.experiment = Optional.of("my shop");
        tracking.username = Optional.of("me");
        tracking.password = Optional.of("secret");
        tracking.begin(run("align-1"));
        assertEquals("experiments/get-by-name?experiment_name=my+shop", told.getFirst().path);
        assertEquals("Basic bWU6c2VjcmV0", told.getFirst().authorization);
        tracking.token = Optional.of("t0ken");
        tracking.begin(run("align-2"));
        assertEquals("Bearer t0ken", told.getLast().authorization);
    }

    @Test
    void aServerThatIsDownOrFailsIsWarnedOfOnceAndDisturbsNothing() {
        Tracking tracking = tracking();
        TrackedRun tracked = tracking.begin(run("align-1"));
        status = 500;
        List<Integer> heard = new ArrayList<>();
        Progress progress = tracked.telling(step -> heard.add(step.epoch()));
        for (int epoch = 1; epoch <= 3; epoch++) {
            progress.step(new Step("aligned", epoch, 3, 0.5, 0.25, 0.125, 1));
        }
        tracked.finished("bundles/align-1");
        assertEquals(List.of(1, 2, 3), heard);
        assertEquals(1, paths().stream().filter("runs/log-batch"::equals).count() - 1, "the params, and one try");
        server.stop(0);
        tracking.begin(run("align-2")).finished("bundles/align-2");
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.getFirst().startsWith("Training goes on without MLflow at "), warnings::toString);
    }

    @Test
    void withoutAServerNothingIsTold() {
        TrackedRun tracked = new Tracking().begin(run("align-1"));
        tracked.telling(SILENT).step(new Step("aligned", 1, 1, 0.5, 0.25, 0.125, 1));
        tracked.finished("bundles/align-1");
        Tracking wrong = new Tracking();
        wrong.uri = Optional.of("file:///mlruns");
        wrong.begin(run("align-1")).finished("bundles/align-1");
        assertEquals(List.of(), told);
        assertEquals(1, warnings.size());
    }
}
