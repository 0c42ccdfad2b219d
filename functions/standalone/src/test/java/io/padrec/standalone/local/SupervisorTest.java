package io.padrec.standalone.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor with real processes. */
class SupervisorTest {
    @TempDir
    Path folder;

    private final Said said = new Said();
    private Supervisor supervisor;

    @BeforeEach
    void begin() {
        supervisor = new Supervisor(folder.resolve("run"), new Happenings(said.output()));
    }

    @AfterEach
    void end() {
        supervisor.close();
    }

    private Launch launch(String name, String mode) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            String word = "-Dpadrec.up=" + folder.resolve(name);
            List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    word, "-cp", Path.of("target/test-classes").toAbsolutePath().toString(), StandIn.class.getName());
            return new Launch(name, command, word, Map.of("QUARKUS_HTTP_HOST", "localhost", "QUARKUS_HTTP_PORT",
                    Integer.toString(port), "STAND_IN", mode), folder.resolve("logs").resolve(name + ".log"),
                    URI.create("http://localhost:" + port + "/q/health/ready"));
        }
    }

    private PidFile pidFile(String name) {
        return new PidFile(folder.resolve("run").resolve(name + ".pid"));
    }

    @Test
    void aProcessThatIsKilledIsStartedAgain() throws Exception {
        supervisor.start(List.of(launch("ingest", ""), launch("align", "")));
        ProcessHandle first = supervisor.process("align").orElseThrow();
        assertEquals(first.pid(), pidFile("align").read().orElseThrow().pid());
        said.await("align +ready after .* on http://localhost:\\d+");
        first.destroyForcibly();
        said.await("align +died \\(process " + first.pid() + ", exit code 137\\)");
        said.await("align +restarted \\(process \\d+\\)");
        said.await("align +ready .*", 2);
        ProcessHandle second = supervisor.process("align").orElseThrow();
        assertNotEquals(first.pid(), second.pid());
        assertEquals(second.pid(), pidFile("align").read().orElseThrow().pid());
        assertEquals(1, said.lines().stream().filter(line -> line.startsWith("ingest") && line.contains("started")).count());

        supervisor.close();
        assertFalse(second.isAlive());
        assertTrue(pidFile("align").read().isEmpty());
        said.await("align +stopped");
    }

    @Test
    void oneThatIsNeverReadyIsGivenUpWithItsLog() throws IOException {
        Launch broken = launch("broken", "broken");
        var failure = assertThrows(PadrecException.class, () -> supervisor.start(List.of(broken)));
        assertTrue(failure.getMessage().contains("broken ended 3 times") && failure.getMessage().contains(broken.log().toString()),
                failure.getMessage());
        assertEquals(List.of("broken", "broken", "broken"), Files.readAllLines(broken.log()));
    }

    @Test
    void oneThatDoesNotEndIsKilled() throws IOException {
        supervisor.start(List.of(launch("stubborn", "stubborn")));
        ProcessHandle process = supervisor.process("stubborn").orElseThrow();
        supervisor.close();
        assertFalse(process.isAlive());
        said.await("stubborn did not end by itself.*");
    }

    @Test
    void oneThatIsStoppedWhileItStartsStaysStopped() throws Exception {
        Launch launch = launch("ingest", "");
        Thread starting = new Thread(() -> assertThrows(PadrecException.class, () -> supervisor.start(List.of(launch))));
        starting.start();
        said.await("ingest +started .*");
        ProcessHandle process = pidFile("ingest").read().orElseThrow();
        supervisor.close();
        assertFalse(process.isAlive());
        starting.join(10_000);
        assertFalse(starting.isAlive(), "it waits on");
    }

    @Test
    void aPidFileStandsForNoOtherProcess() throws Exception {
        Launch launch = launch("ingest", "");
        supervisor.start(List.of(launch));
        ProcessHandle process = supervisor.process("ingest").orElseThrow();
        Path file = folder.resolve("run/copy.pid");
        new PidFile(file).write(process, "-Dpadrec.up=/other/home");
        assertTrue(new PidFile(file).read().isEmpty(), "another command line");
        new PidFile(file).write(process, launch.word());
        assertTrue(new PidFile(file).read().isPresent());
        Files.writeString(file, Files.readString(file).replaceFirst("\"started\": \"20\\d\\d", "\"started\": \"2001"));
        assertTrue(new PidFile(file).read().isEmpty(), "another start");
        Files.writeString(file, "{");
        assertThrows(PadrecException.class, () -> new PidFile(file).read());
        Files.delete(file);
    }
}
