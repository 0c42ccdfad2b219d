package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The five functions as processes of their own, on a tiny dataset; each test goes on where the one before ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpIT {
    private static final List<String> FUNCTIONS = List.of("ingest", "pretrain", "align", "finetune", "recommend");
    private static final List<String> STEPS = List.of("import", "embed", "pretrain", "align", "finetune");

    @TempDir
    static Path folder;

    private static int base;
    private static PadrecProcess up;

    @BeforeAll
    static void start() throws IOException {
        TinyShop.write(folder.resolve("files"));
        base = FreePorts.base();
        up = start("up");
        up.await("up", "running");
    }

    @AfterAll
    static void stop() {
        PadrecProcess.start(folder, "down").exitCode();
    }

    private static PadrecProcess start(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--port-base", Integer.toString(base)));
        return PadrecProcess.start(folder, Map.of("PADREC_TRAINING_THREADS", "2"), arguments.toArray(String[]::new));
    }

    private static PadrecProcess pipeline() {
        return PadrecProcess.start(folder, "pipeline", "--dataset", "prime-pantry", "--from", folder.resolve("files").toString(),
                "--epochs", "2").succeeds();
    }

    /** The processes that are up, by their names. */
    private static Map<String, ProcessHandle> processes() throws IOException {
        Map<String, ProcessHandle> processes = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve(".padrec/run"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".pid")).toList()) {
                long pid = (Long) Json.parseObject(Files.readString(file)).get("pid");
                ProcessHandle.of(pid).ifPresent(process -> processes.put(file.getFileName().toString().replace(".pid", ""), process));
            }
        }
        return processes;
    }

    private static void assertAllGone(Map<String, ProcessHandle> processes) {
        processes.forEach((name, process) -> assertFalse(process.isAlive(), name + " is alive"));
        assertTrue(Files.notExists(folder.resolve(".padrec/postgres/cluster/postmaster.pid")), "PostgreSQL runs on");
    }

    @Test
    @Order(1)
    void eachFunctionIsAProcessOfItsOwn() throws IOException {
        assertEquals(List.copyOf(new java.util.TreeSet<>(FUNCTIONS)), List.copyOf(processes().keySet()));
        for (String function : FUNCTIONS) {
            assertEquals(List.of("started", "ready"), up.lines().stream().filter(line -> function.equals(line.get("process")))
                    .map(line -> line.get("state")).toList(), function);
        }
        assertEquals("", up.errors());
    }

    @Test
    @Order(2)
    void aSecondUpSaysThatItIsUp() {
        PadrecProcess again = start("up").succeeds();
        assertEquals("padrec is up already (process " + up.pid() + ")", again.lines().getFirst().get("note"));
        assertEquals("http://localhost:" + (base + 1), again.lineWith("ingest").get("ingest"));
    }

    @Test
    @Order(3)
    void aHomeElsewhereIsToldOfThePorts() {
        PadrecProcess elsewhere = start("up", "--home", "elsewhere");
        assertEquals(1, elsewhere.exitCode());
        assertTrue(elsewhere.onlyError().contains("ports " + base), elsewhere.onlyError());
    }

    @Test
    @Order(4)
    void thePipelineComesToRecommendationsAndASecondTimeDoesNothing() {
        PadrecProcess first = pipeline();
        for (String step : STEPS) {
            assertTrue(List.of("done", "skipped").contains(first.states(step).getLast()), step + " " + first.states(step));
        }
        assertEquals(3, first.lines().stream().filter(line -> line.containsKey("recommended")).count());
        assertEquals(10, ((List<?>) first.lineWith("recommended").get("items")).size());
        Map<?, ?> metrics = (Map<?, ?>) first.lineWith("metrics").get("metrics");
        assertEquals(true, ((Map<?, ?>) metrics.get("promotion")).get("promoted"));

        PadrecProcess second = pipeline();
        for (String step : STEPS) {
            assertEquals("skipped", second.states(step).getLast(), step);
        }
        assertEquals(first.lineWith("metrics"), second.lineWith("metrics"));
        // The last digits of a score are those of plain loops first, and of vector instructions once these are loaded.
        assertEquals(recommended(first), recommended(second));
        assertTrue(Files.notExists(folder.resolve(".padrec/dead-letters.ndjson")));
    }

    private static List<?> recommended(PadrecProcess pipeline) {
        return ((List<?>) pipeline.lineWith("recommended").get("items")).stream().map(item -> ((Map<?, ?>) item).get("item")).toList();
    }

    @Test
    @Order(5)
    void whatServesReadsTheStoreAndHasNothingToComplainOf() throws IOException {
        String log = Files.readString(folder.resolve(".padrec/logs/recommend.log"));
        assertTrue(log.contains("Serving model"), log);
        assertFalse(log.contains("WARN") || log.contains("ERROR"), log);
    }

    @Test
    @Order(6)
    void aFunctionThatDiesIsStartedAgain() throws IOException {
        processes().get("recommend").destroyForcibly();
        up.await(line -> "recommend".equals(line.get("process")) && "died".equals(line.get("state")));
        up.await(line -> "recommend".equals(line.get("process")) && "restarted".equals(line.get("state")));
        up.await(line -> "recommend".equals(line.get("process")) && "ready".equals(line.get("state")));
    }

    @Test
    @Order(7)
    void ctrlCStopsAllOfIt() throws IOException {
        Map<String, ProcessHandle> processes = processes();
        assertEquals(5, processes.size());
        up.interrupt();
        assertEquals(130, up.exitCode());
        assertTrue(up.onlyError().startsWith("padrec: stopping"), up.onlyError());
        assertAllGone(processes);
        PadrecProcess pipeline = PadrecProcess.start(folder, "pipeline");
        assertEquals(1, pipeline.exitCode());
        assertTrue(pipeline.onlyError().contains("padrec up"), pipeline.onlyError());
        assertEquals("nothing is up in .padrec", PadrecProcess.start(folder, "down").succeeds().lines().getFirst().get("note"));
    }

    @Test
    @Order(8)
    void downEndsEverythingAlsoWhereTheSupervisorWasKilled() throws Exception {
        start("up", "--detach").succeeds();
        Map<String, ProcessHandle> processes = processes();
        assertEquals(5, processes.size());
        ProcessHandle supervisor = ProcessHandle.of((Long) Json.parseObject(
                Files.readString(folder.resolve(".padrec/run/up"))).get("pid")).orElseThrow();
        supervisor.destroyForcibly();
        supervisor.onExit().get(10, TimeUnit.SECONDS);
        assertTrue(processes.values().stream().allMatch(ProcessHandle::isAlive));
        PadrecProcess.start(folder, "down").succeeds();
        assertAllGone(processes);
    }
}
