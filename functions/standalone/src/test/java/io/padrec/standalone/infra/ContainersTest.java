package io.padrec.standalone.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContainersTest {
    private static final Path CONTAINERS = Repository.INFRA.resolve("containers");

    static List<Path> containerfiles() throws IOException {
        try (Stream<Path> files = Files.list(CONTAINERS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("Containerfile.")).sorted().toList();
        }
    }

    @Test
    void everyImageThatIsDeployedIsBuilt() throws IOException {
        JsonNode matrix = Yaml.documents(Repository.WORKFLOWS.resolve("images.yml")).getFirst().at("/jobs/image/strategy/matrix/include");
        Set<String> built = new TreeSet<>();
        for (JsonNode entry : matrix) {
            built.add("padrec/" + entry.path("image").asText());
            assertTrue(containerfiles().contains(CONTAINERS.resolve("Containerfile." + entry.path("kind").asText())), entry.toString());
        }
        Set<String> deployed = new TreeSet<>();
        for (Path folder : ManifestsTest.kustomizations().toList()) {
            deployed.addAll(Kustomization.in(folder).images());
        }
        deployed.removeIf(image -> !image.startsWith("padrec/"));
        // The other way to serve: deploy sets it in recommend's place.
        deployed.add("padrec/recommend-native");
        assertEquals(deployed, built);
    }

    @ParameterizedTest
    @MethodSource("containerfiles")
    void everyImageStandsOnAVersionAndLeavesRootBehind(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> bases = lines.stream().filter(line -> line.startsWith("FROM ")).toList();
        assertEquals(List.of(), bases.stream().filter(line -> !line.matches("FROM [a-z0-9./-]+:[\\w.-]+(@sha256:[0-9a-f]{64})?( AS \\w+)?"))
                .toList());
        assertEquals("USER 10001:10001", lines.stream().filter(line -> line.startsWith("USER ")).reduce((a, b) -> b).orElse(""));
        assertEquals(List.of(), Stream.of(Files.readString(file).replace("\\\n", " ").split("\n"))
                .filter(line -> line.matches("[A-Z].*https?://.*") && !line.startsWith("ADD --checksum=sha256:")).toList());
    }

    @Test
    void everyScriptIsOne() throws Exception {
        for (Path script : List.of(CONTAINERS.resolve("train-aot-cache"), Repository.INFRA.resolve("install-knative"))) {
            assertTrue(Files.isExecutable(script), script.toString());
            assertEquals(0, new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start().waitFor(), script.toString());
        }
    }
}
