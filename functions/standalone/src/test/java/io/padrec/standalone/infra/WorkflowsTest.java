package io.padrec.standalone.infra;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkflowsTest {
    static List<Path> workflows() throws IOException {
        return Repository.yamlFiles(Repository.WORKFLOWS);
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyActionIsPinnedToACommit(Path file) throws IOException {
        List<String> uses = Files.readAllLines(file).stream().filter(line -> line.matches("\\s*(- )?uses:.*")).toList();
        assertFalse(uses.isEmpty());
        assertEquals(List.of(), uses.stream()
                .filter(line -> !line.matches("\\s*(- )?uses: (\\./\\.github/workflows/\\w+\\.yml|[\\w./-]+@[0-9a-f]{40} # v[0-9.]+)"))
                .toList());
        for (JsonNode job : jobs(file).toList()) {
            if (job.path("uses").asText().startsWith("./")) {
                assertTrue(Files.exists(Repository.ROOT.resolve(job.path("uses").asText())), job.path("uses").asText());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyJobSaysWhatItMay(Path file) throws IOException {
        JsonNode permissions = workflow(file).path("permissions");
        assertTrue(permissions.isObject(), "no permissions for the whole");
        permissions.forEach(permission -> assertEquals("read", permission.asText()));
        if (permissions.isEmpty()) {
            jobs(file).forEach(job -> assertTrue(job.path("permissions").isObject(), "no permissions: " + job.path("name")));
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyJobEnds(Path file) throws IOException {
        jobs(file).filter(job -> !job.has("uses")).forEach(job -> assertTrue(job.path("timeout-minutes").asInt() > 0));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void noCheckoutLeavesItsTokenBehind(Path file) throws IOException {
        steps(file).filter(step -> step.path("uses").asText().startsWith("actions/checkout@"))
                .forEach(step -> assertEquals("false", step.at("/with/persist-credentials").asText()));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyScriptIsOne(Path file) throws IOException {
        assertAll(steps(file).filter(step -> step.has("run")).map(step -> step.path("run").asText()).map(script -> () -> {
            // What comes from outside goes through the environment, where it stays text.
            assertFalse(script.replace("{{ json .SBOM.SPDX }}", "").contains("${{"), script);
            assertEquals("", complaintsOfBash(script), script);
        }));
    }

    private static String complaintsOfBash(String script) throws IOException {
        Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var input = bash.getOutputStream()) {
            input.write(script.getBytes(StandardCharsets.UTF_8));
        }
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static JsonNode workflow(Path file) throws IOException {
        return Yaml.documents(file).getFirst();
    }

    private static Stream<JsonNode> jobs(Path file) throws IOException {
        return workflow(file).path("jobs").valueStream();
    }

    private static Stream<JsonNode> steps(Path file) throws IOException {
        return jobs(file).flatMap(job -> job.path("steps").valueStream());
    }
}
