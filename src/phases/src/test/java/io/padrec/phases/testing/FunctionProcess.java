package io.padrec.phases.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The packaged function as a process of its own, on the store of the test that starts it. */
final class FunctionProcess {
    private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final long MOST_SECONDS = 120;
    /** What it shares with the test. */
    private static final List<String> SHARED = List.of("quarkus.datasource.jdbc.url", "quarkus.datasource.username",
            "quarkus.datasource.password", "padrec.artifacts", "padrec.artifacts.cache");

    private final Process process;
    private final Path log;

    private FunctionProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it in the folder, where its log goes. */
    static FunctionProcess start(Path folder, String... arguments) {
        // The first compiler alone: these processes live for seconds.
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", PROGRAM.toString()));
        command.addAll(List.of(arguments));
        try {
            Path log = Files.createTempFile(folder, "function", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            Config config = ConfigProvider.getConfig();
            SHARED.forEach(name -> builder.environment().put(variable(name), config.getValue(name, String.class)));
            builder.environment().putAll(Map.of("PADREC_TRAINING_DEVICE", "cpu", "PADREC_TRAINING_THREADS", "1",
                    "PADREC_AUTH_ENABLED", "false", "PADREC_RUN_LEASE", "3s", "PADREC_RUN_POLL", "200ms",
                    "OMP_WAIT_POLICY", "passive", "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false"));
            return new FunctionProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String variable(String property) {
        return property.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** From now on it does nothing, as if its machine slept. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** It goes on as if nothing had been. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
    }

    /** Waits for it to end by itself. */
    int exitCode() throws InterruptedException {
        boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertTrue(ended, () -> "it runs on: " + log());
        return process.exitValue();
    }

    void assertExit(int code) throws InterruptedException {
        int exit = exitCode();
        assertEquals(code, exit, this::log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
