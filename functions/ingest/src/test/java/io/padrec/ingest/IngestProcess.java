package io.padrec.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
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
import java.util.concurrent.TimeUnit;

/** The packaged function as a process of its own, as it runs in production. */
final class IngestProcess implements AutoCloseable {
    private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final String KEY = "a key for tests";
    private static final long START_SECONDS = 120;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    private IngestProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts it on a database.
     *
     * @param heap   as {@code -Xmx} takes it
     * @param schema the database's schema, as if it were a database of its own
     */
    static IngestProcess start(Path folder, EmbeddedDatabase database, String schema, String heap, Map<String, String> settings)
            throws IOException {
        int port = freePort();
        Path log = folder.resolve(schema + ".log");
        ProcessBuilder builder = command(folder, database, schema, heap).redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().putAll(settings);
        return new IngestProcess(builder.start(), log, port);
    }

    /** What starts it, with an environment in which only the port is left open. */
    static ProcessBuilder command(Path folder, EmbeddedDatabase database, String schema, String heap, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", PROGRAM.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl() + "?currentSchema=" + schema,
                "QUARKUS_DATASOURCE_USERNAME", database.username(), "QUARKUS_DATASOURCE_PASSWORD", database.password(),
                "PADREC_ARTIFACTS", folder.resolve("artifacts").toString(),
                "PADREC_AUTH_KEYS", "ingest:" + AtomicFiles.sha256(KEY.getBytes(StandardCharsets.UTF_8))));
        return builder;
    }

    IngestProcess awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (get("/q/health/ready").statusCode() == 200) {
                    return this;
                }
            } catch (ConnectException e) {
                Thread.sleep(50);
            }
        }
        return fail("it is not ready: " + log());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String idempotencyKey, InputStream lines) throws IOException, InterruptedException {
        return client.send(request(path).header("Content-Type", "application/x-ndjson").header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> lines)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The JSON of an answer that must be 200. */
    static Map<String, Object> json(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.parseObject(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Authorization", "Bearer " + KEY);
    }

    /** SIGTERM; it must end by itself. */
    void stop() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), () -> "it does not stop: " + log());
    }

    /** The most memory it had so far, its heap included, where the system says it. */
    String mostMemory() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return !Files.exists(status) ? "?" : Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB").findFirst().orElse("?");
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
