package io.padrec.standalone;

import io.padrec.standalone.pipeline.Workplace;
import io.padrec.store.Model;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The HTTP server's time: from when it is said until the process is stopped. */
final class Serving {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Serving() {
    }

    static void untilStopped(Workplace workplace, int port) {
        Optional<Model> model = workplace.store().models().promoted();
        String url = "http://localhost:" + port;
        model.ifPresent(promoted -> awaitReady(url, promoted.id()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", "serve");
        json.put("state", "running");
        json.put("url", url);
        json.put("model", model.map(Model::id).orElse(null));
        String what = model.map(promoted -> "serving model " + promoted.id())
                .orElse("serving, but no model is promoted yet: every recommendation is answered 503");
        workplace.output().result(json, what + " on " + url + "  (Ctrl-C stops it)\n  try: curl '" + url
                + "/health'  or  curl '" + url + "/recommend?user=U&k=10'");
        Quarkus.waitForExit();
    }

    /** The server takes a newly promoted model within seconds; it is not announced before it answers. */
    private static void awaitReady(String url, String model) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/health")).timeout(PATIENCE).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline) {
                if (health(client, request).contains('"' + model + '"')) {
                    return;
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String health(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            // Bound to another address than localhost, the server cannot be asked; waiting a little is as good.
            return "";
        }
    }
}
