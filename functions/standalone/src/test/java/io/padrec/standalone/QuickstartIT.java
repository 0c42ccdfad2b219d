package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of the program on a tiny dataset: real files, encoder, training, PostgreSQL and HTTP. */
class QuickstartIT {
    private static final List<String> STEPS = List.of("import", "embed", "pretrain", "align", "finetune", "evaluate");

    @TempDir
    static Path folder;

    private static PadrecProcess first;
    private static byte[] firstReport;

    private static String[] quickstart(String... more) {
        List<String> arguments = new ArrayList<>(List.of("quickstart", "--dataset", "prime-pantry", "--from",
                folder.resolve("files").toString(), "--epochs", "3", "--threads", "2"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @BeforeAll
    static void runsOnce() throws IOException {
        TinyShop.write(folder.resolve("files"));
        first = PadrecProcess.start(folder, quickstart("--no-serve")).succeeds();
        firstReport = Files.readAllBytes(folder.resolve(".padrec/report.json"));
    }

    @Test
    void everyStepIsDoneAndSaid() {
        for (String step : STEPS) {
            assertEquals("begun", first.states(step).getFirst(), step);
            assertEquals("done", first.states(step).getLast(), step);
        }
        assertTrue(first.states("pretrain").contains("running"));
        assertFalse(first.states("serve").contains("running"));
        assertEquals("", first.errors());
    }

    @Test
    void theReportHasTheRowsOfEveryModel() throws IOException {
        Map<String, Object> report = Json.parseObject(Files.readString(folder.resolve(".padrec/report.json")));
        assertEquals(List.of("dataset", "split", "recipe", "backbone", "seed", "seconds", "rows", "paired"),
                List.copyOf(report.keySet()));
        assertEquals(List.of("name", "users", "items", "interactions"),
                List.copyOf(((Map<?, ?>) report.get("dataset")).keySet()));
        assertEquals((long) TinyShop.USERS, ((Map<?, ?>) report.get("dataset")).get("users"));
        List<String> timed = new ArrayList<>(STEPS);
        timed.add("total");
        assertEquals(timed, List.copyOf(((Map<?, ?>) report.get("seconds")).keySet()));
        ((Map<?, ?>) report.get("seconds")).forEach((step, seconds) -> assertTrue((double) seconds > 0, step + " " + seconds));
        assertEquals(List.of("popularity", "text-knn", "SASRec", "text", "aligned", "PAD"),
                ((List<?>) report.get("rows")).stream().map(row -> ((Map<?, ?>) row).get("model")).toList());
        assertEquals(report, first.lineWith("rows"));
    }

    @Test
    void threeUsersAreShownWithTheirRecommendations() {
        List<Map<String, Object>> examples = first.lines().stream().filter(line -> line.containsKey("recommended")).toList();
        assertEquals(3, examples.size());
        for (Map<String, Object> example : examples) {
            assertEquals(10, ((List<?>) example.get("items")).size());
            Map<?, ?> best = (Map<?, ?>) ((List<?>) example.get("items")).getFirst();
            double shares = ((Map<?, ?>) best.get("experts")).values().stream().mapToDouble(share -> (double) share).sum();
            assertEquals((double) best.get("score"), shares, 1e-4);
            assertFalse(((String) best.get("title")).isEmpty());
        }
    }

    @Test
    void aSecondRunDoesNothingTwiceAndThenServes() throws Exception {
        int port = freePort();
        PadrecProcess again = PadrecProcess.start(folder, quickstart("--port", Integer.toString(port)));
        again.await("serve", "running");
        for (String step : STEPS) {
            assertEquals("skipped", again.states(step).getLast(), step);
            assertFalse(again.states(step).contains("running"), step);
        }
        assertArrayEquals(firstReport, Files.readAllBytes(folder.resolve(".padrec/report.json")));

        HttpResponse<String> answer = get(port, "/recommend?user=" + TinyShop.user(7) + "&k=5");
        assertEquals(200, answer.statusCode(), answer.body());
        Map<String, Object> recommended = Json.parseObject(answer.body());
        assertEquals(5, ((List<?>) recommended.get("items")).size());
        assertTrue(get(port, "/recommend?user=nobody").body().contains("user 'nobody' is not known"));

        // What only looks, or promotes, works beside it.
        PadrecProcess beside = PadrecProcess.start(folder, "runs");
        assertEquals(0, beside.exitCode(), beside::errors);
        String model = (String) recommended.get("model");
        PadrecProcess promotes = PadrecProcess.start(folder, "models", "--promote", model);
        assertEquals(0, promotes.exitCode(), promotes::errors);
        assertEquals(200, get(port, "/recommend?user=" + TinyShop.user(7) + "&k=5").statusCode());

        // The home is held, the port is used, and both are said at once.
        PadrecProcess second = PadrecProcess.start(folder, "serve", "--port", Integer.toString(freePort()));
        assertEquals(1, second.exitCode());
        assertTrue(second.onlyError().contains("is in use by another padrec (process " + again.pid() + ")"));
        PadrecProcess elsewhere = PadrecProcess.start(folder, "serve", "--home", "other", "--port", Integer.toString(port));
        assertEquals(1, elsewhere.exitCode());
        assertTrue(elsewhere.onlyError().contains("port " + port), elsewhere.onlyError());

        again.interrupt();
        assertEquals(130, again.exitCode());
        assertTrue(again.onlyError().startsWith("padrec: stopped"), again.onlyError());
        assertTrue(Files.notExists(folder.resolve(".padrec/postgres/cluster/postmaster.pid")), "PostgreSQL runs on");
    }

    @Test
    void killedInEachStepAndStartedAgainItEndsWithTheSameFigures() throws IOException {
        PadrecProcess killed = PadrecProcess.start(folder, quickstart("--no-serve", "--home", "killed"));
        killed.await("embed", "begun");
        killed.kill();
        PadrecProcess interrupted = PadrecProcess.start(folder, quickstart("--no-serve", "--home", "killed"));
        interrupted.await("pretrain", "begun");
        interrupted.interrupt();
        assertEquals(130, interrupted.exitCode());
        assertTrue(interrupted.onlyError().startsWith("padrec: stopped"), interrupted.onlyError());
        for (String phase : List.of("pretrain", "align", "finetune")) {
            killed = PadrecProcess.start(folder, quickstart("--no-serve", "--home", "killed"));
            killed.await(phase, "running");
            killed.kill();
        }
        PadrecProcess last = PadrecProcess.start(folder, quickstart("--no-serve", "--home", "killed")).succeeds();
        assertEquals(List.of("skipped"), last.states("align"));
        assertEquals("begun", last.states("finetune").getFirst());
        assertEquals(figures(firstReport), figures(Files.readAllBytes(folder.resolve("killed/report.json"))));

        alterServedBundle(folder.resolve("killed/artifacts/bundles"));
        PadrecProcess damaged = PadrecProcess.start(folder, "recommend", "--home", "killed", "--user", TinyShop.user(1));
        assertEquals(1, damaged.exitCode());
        assertTrue(damaged.onlyError().contains("damaged"), damaged.onlyError());
    }

    private static void alterServedBundle(Path bundles) throws IOException {
        try (var folders = Files.newDirectoryStream(bundles, "finetune-*")) {
            Path tensors = folders.iterator().next().resolve("model.safetensors");
            byte[] bytes = Files.readAllBytes(tensors);
            bytes[bytes.length / 2] ^= 1;
            Files.write(tensors, bytes);
        }
    }

    /** A report without the times, which differ from run to run. */
    private static Map<String, Object> figures(byte[] report) {
        Map<String, Object> figures = Json.parseObject(new String(report, StandardCharsets.UTF_8));
        figures.remove("seconds");
        return figures;
    }

    @Test
    void modelsRunsAndRecommendationsAreListed() {
        List<?> models = (List<?>) PadrecProcess.start(folder, "models").succeeds().lineWith("models").get("models");
        assertEquals(1, models.size());
        assertEquals(true, ((Map<?, ?>) models.getFirst()).get("promoted"));
        List<?> runs = (List<?>) PadrecProcess.start(folder, "runs").succeeds().lineWith("runs").get("runs");
        assertEquals(List.of("pretrain", "align", "finetune"), runs.stream().map(run -> ((Map<?, ?>) run).get("phase")).toList());
        PadrecProcess recommend = PadrecProcess.start(folder, "recommend", "--history", TinyShop.item(3) + ",nonsense", "-k", "4")
                .succeeds();
        assertTrue(((String) recommend.lineWith("note").get("note")).contains("nonsense"));
        assertEquals(4, ((List<?>) recommend.lineWith("items").get("items")).size());
    }

    @Test
    void anUnknownUserIsNotFound() {
        PadrecProcess recommend = PadrecProcess.start(folder, "recommend", "--user", "nobody");
        assertEquals(1, recommend.exitCode());
        assertTrue(recommend.onlyError().contains("no user 'nobody'"), recommend.onlyError());
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
