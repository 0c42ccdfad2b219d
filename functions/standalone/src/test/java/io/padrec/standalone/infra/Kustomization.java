package io.padrec.standalone.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A kustomization.yaml: kustomize has no published model, so this says what ours use. */
final class Kustomization {
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "", Set.of("apiVersion", "kind", "namespace", "labels", "resources", "configMapGenerator", "configurations", "patches",
                    "images"),
            "labels", Set.of("pairs"),
            "configMapGenerator", Set.of("name", "behavior", "literals"),
            "patches", Set.of("path", "patch", "target"),
            "target", Set.of("group", "version", "kind", "name", "labelSelector"),
            "images", Set.of("name", "newName", "newTag", "digest"));
    private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace", "test");

    private final Path folder;
    private final JsonNode tree;

    private Kustomization(Path folder, JsonNode tree) {
        this.folder = folder;
        this.tree = tree;
    }

    static Kustomization in(Path folder) throws IOException {
        List<JsonNode> documents = Yaml.documents(folder.resolve("kustomization.yaml"));
        if (documents.size() != 1) {
            throw new IllegalArgumentException(folder + ": " + documents.size() + " documents in kustomization.yaml");
        }
        return new Kustomization(folder, documents.getFirst());
    }

    /** Fields that are not known here. */
    List<String> complaints() throws IOException {
        List<String> complaints = new ArrayList<>();
        unknown("", tree, complaints);
        for (String list : List.of("labels", "configMapGenerator", "patches", "images")) {
            for (JsonNode entry : tree.path(list)) {
                unknown(list, entry, complaints);
            }
        }
        for (JsonNode patch : tree.path("patches")) {
            unknown("target", patch.path("target"), complaints);
            if (patch.has("path") == patch.has("patch")) {
                complaints.add("a patch is either in a file or in the place: " + patch);
            }
        }
        for (JsonNode patch : patches()) {
            complaints.addAll(complaintsOfPatch(patch));
        }
        if (!tree.path("apiVersion").asText().equals("kustomize.config.k8s.io/v1beta1")
                || !tree.path("kind").asText().equals("Kustomization")) {
            complaints.add("not a Kustomization");
        }
        return complaints;
    }

    private static void unknown(String where, JsonNode object, List<String> complaints) {
        object.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.get(where).contains(field)) {
                complaints.add("unknown field " + where + "/" + field);
            }
        });
    }

    /** What is wrong with a list of JSON patch operations (RFC 6902). */
    private static List<String> complaintsOfPatch(JsonNode patch) {
        if (!patch.isArray() || patch.isEmpty()) {
            return List.of("not a list of operations: " + patch);
        }
        List<String> complaints = new ArrayList<>();
        for (JsonNode operation : patch) {
            boolean removes = operation.path("op").asText().equals("remove");
            if (!OPERATIONS.contains(operation.path("op").asText()) || !operation.path("path").asText().startsWith("/")
                    || operation.has("value") == removes || operation.size() != (removes ? 2 : 3)) {
                complaints.add("not an operation: " + operation);
            }
        }
        return complaints;
    }

    private List<JsonNode> patches() throws IOException {
        List<JsonNode> patches = new ArrayList<>();
        for (JsonNode patch : tree.path("patches")) {
            patches.addAll(patch.has("path") ? Yaml.documents(folder.resolve(patch.path("path").asText()))
                    : Yaml.documents(patch.path("patch").asText()));
        }
        return patches;
    }

    /** The files with manifests; folders are others' kustomizations. */
    List<Path> manifests() {
        return texts("resources").filter(name -> name.endsWith(".yaml")).map(folder::resolve).toList();
    }

    /** Every file that it uses. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(manifests());
        files.add(folder.resolve("kustomization.yaml"));
        texts("configurations").map(folder::resolve).forEach(files::add);
        tree.path("patches").findValuesAsText("path").stream().filter(path -> !path.startsWith("/")).map(folder::resolve)
                .forEach(files::add);
        return files;
    }

    /** The names of images that it maps to a place. */
    List<String> images() {
        return tree.path("images").findValuesAsText("name");
    }

    private Stream<String> texts(String list) {
        return tree.path(list).valueStream().map(JsonNode::asText);
    }
}
