package io.padrec.standalone.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is up, with the project's manifests and a real database, and stand-ins for the functions. */
class LocalTest {
    private static final Path MANIFESTS = Path.of("../../infra/base");

    @TempDir
    Path folder;

    private final Said said = new Said();
    private Path home;
    private Path project;

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectory(folder.resolve("my home"));
        project = StandIn.project(folder.resolve("project"));
    }

    private Local.Plan plan(Path manifests, int portBase) {
        return new Local.Plan(project, manifests, portBase, Map.of(), Copies.ONE);
    }

    /** Ports that are free together, most likely. */
    private static int portBase() {
        for (int base = 20_000 + (int) (ProcessHandle.current().pid() % 5000) * 8; true; base += Ports.COUNT) {
            try {
                new Ports(base).checkFree();
                return base;
            } catch (PadrecException e) {
                // Taken by others; the next ones.
                assertTrue(base < 65_000, e.getMessage());
            }
        }
    }

    private static int send(Local local, String key, String id, String type) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(local.address().router()).setHeader("Authorization", "Bearer " + key)
                    .setHeader("ce-specversion", "1.0").setHeader("ce-id", id).setHeader("ce-type", type)
                    .setHeader("ce-source", "/padrec/test").setHeader("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private void awaitInLog(String function, String text) throws IOException, InterruptedException {
        Path log = home.resolve("logs/" + function + ".log");
        for (int look = 0; look < 200; look++) {
            if (Files.readString(log).contains(text)) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no '" + text + "' in " + Files.readString(log));
    }

    @Test
    void everyEventOfTheTriggersComesToItsFunctionAndAllStopTogether() throws Exception {
        Optional<ProcessHandle> ingest;
        try (Local local = Local.start(home, plan(MANIFESTS, portBase()), said.output())) {
            Path keys = home.resolve("keys");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("events"))));
            String key = Files.readString(keys.resolve("events"));
            for (Trigger trigger : Manifests.triggers(MANIFESTS)) {
                assertEquals(202, send(local, key, "of-" + trigger.name(), trigger.filter().get("type")));
                awaitInLog(trigger.subscriber(), "event of-" + trigger.name() + " with Bearer " + key);
            }
            awaitInLog("align", "database jdbc:postgresql://127.0.0.1:");
            assertEquals(local.address(), Address.read(home.resolve("run")).orElseThrow());

            var refused = assertThrows(PadrecException.class,
                    () -> Local.start(folder.resolve("other"), plan(MANIFESTS, local.address().router().getPort()), said.output()));
            assertTrue(refused.getMessage().matches("ports (\\d+ \\([^)]+\\),? ){6}cannot be used;.*"), refused.getMessage());

            local.closeRouter();
            assertThrows(IOException.class, () -> send(local, key, "x", "io.padrec.model.promoted"));
            local.reopenRouter();
            assertEquals(202, send(local, key, "after", "io.padrec.model.promoted"));
            awaitInLog("recommend", "event after ");

            local.startSecond("align", "align-2");
            said.await("align-2 +ready .*");
            local.stopSecond("align-2");
            ingest = local.process("ingest");
            assertTrue(ingest.orElseThrow().isAlive());
        }
        assertTrue(ingest.map(process -> !process.isAlive()).orElseThrow());
        assertTrue(Files.notExists(home.resolve("postgres/cluster/postmaster.pid")), "PostgreSQL runs on");
        try (Stream<Path> run = Files.list(home.resolve("run"))) {
            assertEquals(0, run.count());
        }
    }

    @Test
    void aFunctionThatIsNotBuiltIsSaidBeforeAnythingStarts() throws IOException {
        Files.delete(project.resolve("functions/align/target/quarkus-app/quarkus-run.jar"));
        var refused = assertThrows(PadrecException.class, () -> Local.start(home, plan(MANIFESTS, portBase()), said.output()));
        assertTrue(refused.getMessage().contains("align is not built"), refused.getMessage());
        assertTrue(Files.notExists(home.resolve("postgres")));
    }

    @Test
    void aPortInUseIsSaidBeforeAnythingStarts() throws IOException {
        int base = portBase();
        try (ServerSocket other = new ServerSocket(base + 3, 1, InetAddress.getLoopbackAddress())) {
            var refused = assertThrows(PadrecException.class, () -> Local.start(home, plan(MANIFESTS, base), said.output()));
            assertTrue(refused.getMessage().startsWith("port " + other.getLocalPort()), refused.getMessage());
        }
        assertTrue(Files.notExists(home.resolve("postgres")));
    }
}
