package io.padrec.standalone.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What kubectl makes of an overlay. */
final class Overlay {
    private static final Map<String, Overlay> BUILT = new ConcurrentHashMap<>();

    private final List<JsonNode> manifests;

    private Overlay(List<JsonNode> manifests) {
        this.manifests = manifests;
    }

    /** Builds the overlay of this name; a machine without kubectl skips the test. */
    static Overlay build(String name) {
        assumeTrue(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl"))), "kubectl is not on the PATH");
        return BUILT.computeIfAbsent(name, Overlay::run);
    }

    private static Overlay run(String name) {
        try {
            Path errors = Files.createTempFile("kubectl", ".log");
            Process process = new ProcessBuilder("kubectl", "kustomize", Repository.INFRA.resolve("overlays/" + name).toString())
                    .redirectError(errors.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), () -> read(errors));
            assertEquals("", read(errors));
            Files.delete(errors);
            return new Overlay(Yaml.documents(output));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    List<JsonNode> manifests() {
        return manifests;
    }

    Stream<JsonNode> ofKind(String kind) {
        return manifests.stream().filter(manifest -> manifest.path("kind").asText().equals(kind));
    }

    /** Whether it holds what a reference (apiVersion, kind, name) names. */
    boolean holds(JsonNode reference) {
        return ofKind(reference.path("kind").asText())
                .anyMatch(manifest -> manifest.path("apiVersion").equals(reference.path("apiVersion"))
                        && manifest.at("/metadata/name").equals(reference.path("name")));
    }

    /** The specification of the pods of each manifest that makes some. */
    Stream<Pod> pods() {
        return manifests.stream().flatMap(manifest -> Stream
                .of("/spec/template/spec", "/spec/job/spec/template/spec")
                .map(manifest::at).filter(JsonNode::isObject)
                .map(pod -> new Pod(manifest.path("kind").asText() + " " + manifest.at("/metadata/name").asText(), pod,
                        manifest.path("kind").asText().contains("Job"))));
    }

    /** @param ends whether it is a job, which ends, and not a server */
    record Pod(String of, JsonNode spec, boolean ends) {
        Stream<JsonNode> containers() {
            return Stream.of("initContainers", "containers").flatMap(list -> spec.path(list).valueStream());
        }
    }
}
