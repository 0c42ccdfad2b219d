package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.padrec.core.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The packaged program as a process of its own, speaking JSON lines. */
final class PadrecProcess {
    private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    /** A process that hangs is ended, so that the test fails and says what it heard. */
    private static final long MOST_SECONDS = 300;

    private final Process process;
    private final Path errors;
    private final List<Map<String, Object>> lines = new ArrayList<>();
    private final BufferedReader reader;

    private PadrecProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        // Whatever a test waits for, it does not wait for ever.
        CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        this.reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a command in the folder {@code directory}; its home is {@code .padrec} there unless it says otherwise. */
    static PadrecProcess start(Path directory, String... arguments) {
        return start(directory, Map.of(), arguments);
    }

    static PadrecProcess start(Path directory, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            // A shell that runs the tests in the background lets its children ignore Ctrl-C, and java would inherit that.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        // The first compiler alone: these processes live for seconds.
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-jar", PROGRAM.toString()));
        command.addAll(List.of(arguments));
        command.add("--json");
        try {
            Path errors = Files.createTempFile(directory, "stderr", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
            builder.environment().put("PADREC_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
            // As scripts/padrec has it: other tests want the cores, too.
            builder.environment().put("GOMP_SPINCOUNT", "1000");
            builder.environment().putAll(environment);
            Process process = builder.start();
            CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
            return new PadrecProcess(process, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until a line is as wanted, and returns it. */
    Map<String, Object> await(Predicate<Map<String, Object>> wanted) {
        try {
            for (String text; (text = reader.readLine()) != null;) {
                Map<String, Object> line = Json.parseObject(text);
                lines.add(line);
                if (wanted.test(line)) {
                    return line;
                }
            }
            return fail("the program ended before it said that; it said " + lines + " and " + errors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a step to be in a state. */
    Map<String, Object> await(String step, String state) {
        return await(line -> step.equals(line.get("step")) && state.equals(line.get("state")));
    }

    /** Waits for the program to end by itself. */
    int exitCode() {
        try {
            for (String text; (text = reader.readLine()) != null;) {
                lines.add(Json.parseObject(text));
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends well, or the test fails with what was said. */
    PadrecProcess succeeds() {
        assertEquals(0, exitCode(), () -> lines + " " + errors());
        return this;
    }

    /** kill -9. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ctrl-C. */
    void interrupt() {
        try {
            assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** What was said so far, line by line. */
    List<Map<String, Object>> lines() {
        return lines;
    }

    /** States that a step went through. */
    List<Object> states(String step) {
        return lines.stream().filter(line -> step.equals(line.get("step"))).map(line -> line.get("state")).toList();
    }

    /** The first line that holds {@code field}. */
    Map<String, Object> lineWith(String field) {
        return lines.stream().filter(line -> line.containsKey(field)).findFirst()
                .orElseGet(() -> fail("no line with '" + field + "' in " + lines + " " + errors()));
    }

    /** All of the error stream. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one line that the program may say when it fails. */
    String onlyError() {
        List<String> all = errors().lines().toList();
        assertEquals(1, all.size(), () -> String.join("\n", all));
        return all.getFirst();
    }
}
