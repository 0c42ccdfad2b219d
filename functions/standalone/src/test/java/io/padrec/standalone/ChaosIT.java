package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/chaos --quick, as CI runs it. */
class ChaosIT {
    private static final long MOST_MINUTES = 10;

    @TempDir
    Path folder;

    @Test
    void theSameComesOfADisturbedPipeline() throws Exception {
        Path said = folder.resolve("said.txt");
        Path report = folder.resolve("chaos.json");
        ProcessBuilder builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString(), "chaos",
                "--quick", "--home", folder.resolve("home").toString(), "--port-base", Integer.toString(FreePorts.base()), "--json",
                report.toString())).redirectErrorStream(true).redirectOutput(said.toFile());
        // The first compiler alone: the functions live for seconds, over and over.
        builder.environment().put("PADREC_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES), () -> "it takes too long: " + read(said));
            assertEquals(0, process.exitValue(), () -> read(said));
        } finally {
            process.destroy();
            process.waitFor();
        }
        Map<String, Object> json = Json.parseObject(Files.readString(report));
        assertEquals(true, json.get("holds"));
        for (Object check : (List<?>) json.get("checks")) {
            assertEquals(true, ((Map<?, ?>) check).get("holds"), check.toString());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
