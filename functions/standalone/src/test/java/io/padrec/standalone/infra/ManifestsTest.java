package io.padrec.standalone.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.padrec.store.EventTypes;
import io.padrec.store.EventTypes.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in infra/, as they are written. */
class ManifestsTest {
    static Stream<Path> kustomizations() throws IOException {
        return Repository.yamlFiles(Repository.INFRA).stream().filter(file -> file.endsWith("kustomization.yaml"))
                .map(Path::getParent);
    }

    static Stream<Path> manifests() throws IOException {
        Stream.Builder<Path> manifests = Stream.builder();
        for (Path folder : kustomizations().toList()) {
            Kustomization.in(folder).manifests().forEach(manifests);
        }
        return manifests.build();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyManifestIsWhatItsKindKnows(Path file) throws IOException {
        for (JsonNode manifest : Yaml.documents(file)) {
            assertEquals(List.of(), Model.complaints(manifest), file + " " + manifest.at("/metadata/name"));
        }
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void everyKustomizationIsWhatKustomizeKnows(Path folder) throws IOException {
        assertEquals(List.of(), Kustomization.in(folder).complaints());
    }

    @Test
    void everyFileIsUsed() throws IOException {
        TreeSet<Path> unused = new TreeSet<>(Repository.yamlFiles(Repository.INFRA));
        for (Path folder : kustomizations().toList()) {
            unused.removeAll(Kustomization.in(folder).files());
        }
        assertEquals(new TreeSet<>(), unused);
    }

    @Test
    void aMistakeInAManifestIsFound() throws IOException {
        assertEquals(List.of("unknown field /spec/subscriber/reff"), complaintsOf("triggers.yaml", trigger -> {
            ObjectNode subscriber = (ObjectNode) trigger.at("/spec/subscriber");
            subscriber.set("reff", subscriber.remove("ref"));
        }));
        assertEquals(List.of("unknown field /spec/template/spec/containers/0/resources/request"),
                complaintsOf("ingest.yaml", service -> {
                    ObjectNode resources = (ObjectNode) service.at("/spec/template/spec/containers/0/resources");
                    resources.set("request", resources.remove("requests"));
                }));
        assertEquals(List.of("/spec/template/metadata/annotations/autoscaling.knative.dev/min-scale is 1, read as \"1\""),
                complaintsOf("recommend.yaml", service -> ((ObjectNode) service.at("/spec/template/metadata/annotations"))
                        .put("autoscaling.knative.dev/min-scale", 1)));
        assertEquals(List.of("unknown kind eventing.knative.dev/v1 Triger"),
                complaintsOf("triggers.yaml", trigger -> ((ObjectNode) trigger).put("kind", "Triger")));
    }

    private static List<String> complaintsOf(String file, Consumer<JsonNode> mistake) throws IOException {
        JsonNode manifest = Yaml.documents(Repository.INFRA.resolve("base").resolve(file)).getFirst();
        assertEquals(List.of(), Model.complaints(manifest));
        mistake.accept(manifest);
        return Model.complaints(manifest);
    }

    @Test
    void everyEventThatAFunctionConsumesIsTriggeredToItAndNoOther() throws IOException {
        Map<String, String> triggered = new TreeMap<>();
        for (JsonNode trigger : Yaml.documents(Repository.INFRA.resolve("base/triggers.yaml"))) {
            String type = trigger.at("/spec/filter/attributes/type").asText();
            assertEquals(null, triggered.put(type, trigger.at("/spec/subscriber/ref/name").asText()), "two triggers of " + type);
            assertEquals(type.replace("io.padrec.", "").replace('.', '-'), trigger.at("/metadata/name").asText());
        }
        assertEquals(EventTypes.ALL.stream().filter(Predicate.not(EventType::isFinal))
                .collect(Collectors.toMap(EventType::name, EventType::consumer, (a, b) -> a, TreeMap::new)), triggered);
    }
}
