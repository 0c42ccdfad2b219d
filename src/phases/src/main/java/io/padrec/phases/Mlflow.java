package io.padrec.phases;

import io.padrec.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As much of MLflow's REST API as training runs need.
 *
 * @see <a href="https://mlflow.org/docs/latest/api_reference/rest-api.html">the API, version 2.0</a>
 */
final class Mlflow {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** Training waits so long at most, once. */
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int NOT_FOUND = 404;
    private static final int SHOWN = 200;

    private final String base;
    private final Optional<String> authorization;
    private final HttpClient client;

    /**
     * A value of a metric.
     *
     * @param time milliseconds since the epoch
     */
    record Metric(String key, double value, long time, int step) {
    }

    /**
     * @param uri           of the tracking server
     * @param authorization the header of every request
     * @throws IllegalArgumentException where the URI is none of http or https
     */
    Mlflow(String uri, Optional<String> authorization) {
        if (!uri.matches("https?://.+")) {
            throw new IllegalArgumentException("'" + uri + "' is no http(s) address of a tracking server");
        }
        this.base = uri.replaceFirst("/+$", "") + "/api/2.0/mlflow/";
        this.authorization = authorization;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    }

    /** The id of the experiment of that name, which is made where there is none. */
    String experiment(String name) throws IOException {
        HttpResponse<String> found = send(request("experiments/get-by-name?experiment_name="
                + URLEncoder.encode(name, StandardCharsets.UTF_8)).GET().build());
        if (found.statusCode() == NOT_FOUND) {
            return text(post("experiments/create", Map.of("name", name)), "experiment_id");
        }
        return text(inner(answer(found), "experiment"), "experiment_id");
    }

    /** The id of the newest of an experiment's runs that has the tag. */
    Optional<String> find(String experiment, String tag, String value) throws IOException {
        Map<String, Object> found = post("runs/search", Map.of("experiment_ids", List.of(experiment), "max_results", 1,
                "filter", "tags.`" + tag + "` = '" + value + "'"));
        return found.get("runs") instanceof List<?> runs && !runs.isEmpty()
                ? Optional.of(text(inner((Map<?, ?>) runs.getFirst(), "info"), "run_id")) : Optional.empty();
    }

    /** Begins a run, and returns its id. */
    String create(String experiment, String name, Map<String, String> tags) throws IOException {
        return text(inner(inner(post("runs/create", Map.of("experiment_id", experiment, "run_name", name,
                "start_time", System.currentTimeMillis(), "tags", pairs(tags))), "run"), "info"), "run_id");
    }

    void running(String run) throws IOException {
        post("runs/update", Map.of("run_id", run, "status", "RUNNING"));
    }

    /** @param status FINISHED or FAILED */
    void end(String run, String status) throws IOException {
        post("runs/update", Map.of("run_id", run, "status", status, "end_time", System.currentTimeMillis()));
    }

    void log(String run, Map<String, String> params, List<Metric> metrics, Map<String, String> tags) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("run_id", run);
        body.put("params", pairs(params));
        body.put("metrics", metrics.stream().map(metric -> Map.of("key", metric.key, "value", metric.value, "timestamp", metric.time,
                "step", metric.step)).toList());
        body.put("tags", pairs(tags));
        post("runs/log-batch", body);
    }

    private static List<Map<String, String>> pairs(Map<String, String> values) {
        List<Map<String, String>> pairs = new ArrayList<>();
        values.forEach((key, value) -> pairs.add(Map.of("key", key, "value", value)));
        return pairs;
    }

    private Map<String, Object> post(String path, Map<String, Object> body) throws IOException {
        return answer(send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(Json.write(body)))
                .build()));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
        authorization.ifPresent(header -> request.header("Authorization", header));
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Map<String, Object> answer(HttpResponse<String> response) throws IOException {
        String path = response.uri().getPath();
        String body = response.body();
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": "
                    + body.substring(0, Math.min(SHOWN, body.length())).replaceAll("\\s+", " "));
        }
        try {
            return Json.parseObject(body);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " answered what is no JSON object", e);
        }
    }

    private static Map<?, ?> inner(Map<?, ?> answer, String name) throws IOException {
        if (answer.get(name) instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException("an answer has no '" + name + "'");
    }

    private static String text(Map<?, ?> answer, String name) throws IOException {
        if (answer.get(name) instanceof String text) {
            return text;
        }
        throw new IOException("an answer has no '" + name + "'");
    }
}
