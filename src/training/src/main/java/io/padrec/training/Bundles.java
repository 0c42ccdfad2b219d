package io.padrec.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.FrequencyBins;
import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import io.padrec.core.Tensor;
import io.padrec.training.Recipe.BackboneKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Recommenders to bundles and back. Every phase's bundle has the form that is served: finished item vectors
 * {@code K.items}, encoder weights under {@code K.}, the gate, the items' ids, titles and bins. The weights that made the
 * item vectors ({@code K.ids}, {@code K.projection.*}, {@code K.fusion.*}) stand beside them for the next phase and for items
 * to come.
 */
final class Bundles {
    private static final String HISTORY_GATE = "gate.history";

    private final Snapshot snapshot;
    private final String snapshotHash;
    private final Recipe recipe;
    private final long seed;
    private final FrequencyBins bins;
    private final TextFeatures text;

    Bundles(Snapshot snapshot, String snapshotHash, Recipe recipe, long seed, FrequencyBins bins, TextFeatures text) {
        this.snapshot = snapshot;
        this.snapshotHash = snapshotHash;
        this.recipe = recipe;
        this.seed = seed;
        this.bins = bins;
        this.text = text;
    }

    /**
     * @param results of what was trained, by its name: the manifest's {@code metrics} and {@code curves}
     */
    Bundle of(String phase, Recommender recommender, Map<String, Loop.Result> results) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(text.tensors());
        tensors.put("items.ids", Tensor.ofStrings(snapshot.catalogue().ids()));
        tensors.put("items.titles", Tensor.ofStrings(snapshot.catalogue().titles()));
        tensors.put("items.bins", Tensor.of(bins.ofItems(), snapshot.items() + 1));
        // What serving recommends to somebody of whom it knows nothing.
        tensors.put("items.frequency", Tensor.of(IntStream.rangeClosed(0, snapshot.items()).map(bins::frequency).toArray(),
                snapshot.items() + 1));
        tensors.putAll(recommender.parameters().save(""));
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<NDArray> tables = recommender.tables();
            for (int k = 0; k < tables.size(); k++) {
                Tensor.Floats table = (Tensor.Floats) Parameters.tensor(tables.get(k));
                // Padding is no item: its row stays zero, whatever a projection's bias makes of it.
                java.util.Arrays.fill(table.data(), 0, table.shape()[1], 0);
                tensors.put(recommender.experts().get(k).prefix() + "items", table);
            }
            tensors.put("gate", Parameters.tensor(recommender.gateWeights()));
            float[] ofHistories = recommender.gateOfHistories();
            if (ofHistories != null) {
                tensors.put(HISTORY_GATE, Tensor.of(ofHistories, bins.count(), tables.size()));
            }
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("phase", phase);
        manifest.put("snapshot", snapshotHash);
        manifest.put("recipe", recipe.name());
        manifest.put("seed", seed);
        manifest.put("config", recipe.toMap());
        manifest.put("metrics", each(results, result -> metrics(result.best())));
        manifest.put("curves", each(results, result -> result.curve().toMap()));
        manifest.put("versions", versions());
        manifest.put("experts", recommender.experts().stream().map(Bundles::describe).toList());
        return new Bundle(manifest, tensors);
    }

    private static Map<String, Object> each(Map<String, Loop.Result> results, Function<Loop.Result, Object> value) {
        Map<String, Object> map = new LinkedHashMap<>();
        results.forEach((part, result) -> map.put(part, value.apply(result)));
        return map;
    }

    private static Map<String, Object> metrics(Loop.Score score) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("validation hr@10", score.hr10());
        metrics.put("validation ndcg@10", score.ndcg10());
        return metrics;
    }

    private static Map<String, Object> describe(Expert expert) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", expert.name());
        map.putAll(expert.backbone().describe());
        return map;
    }

    private static Map<String, Object> versions() {
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("java", Runtime.version().feature());
        versions.put("pytorch", Engine.getInstance().getVersion());
        return versions;
    }

    /** All experts of a bundle as they are served: finished item vectors under the bundle's gate. */
    static Recommender recommender(Bundle bundle, NDManager manager) {
        return recommender(bundle, experts(bundle), manager);
    }

    /** The names of a bundle's experts, in their order. */
    static List<String> experts(Bundle bundle) {
        return described(bundle).map(expert -> (String) expert.get("name")).toList();
    }

    /** The named experts of a bundle as they are served: finished item vectors under the bundle's gate. */
    static Recommender recommender(Bundle bundle, List<String> names, NDManager manager) {
        int[] bins = ((Tensor.Ints) bundle.tensors().get("items.bins")).data();
        // Every weight is loaded, so the seed of their beginnings does not matter.
        Parameters parameters = new Parameters(manager, 0);
        List<Expert> experts = described(bundle).map(expert -> Towers.finished(expert, bins.length - 1))
                .filter(expert -> names.contains(expert.name())).toList();
        experts.forEach(expert -> expert.create(parameters));
        parameters.load(bundle.tensors(), "");
        Tensor.Floats weights = bundle.floats("gate");
        Gate gate = names.size() == 1 ? new Gate.Open(weights.shape()[0], 1)
                : new Gate.Finished(weights.data(), weights.shape()[0], bundle.tensors().containsKey(HISTORY_GATE)
                        ? bundle.floats(HISTORY_GATE).data() : null);
        return new Recommender(experts, parameters, gate, bins, length(bundle));
    }

    /** The sequence encoder of the named expert. */
    static BackboneKind backbone(Bundle bundle, String expert) {
        return described(bundle).filter(description -> expert.equals(description.get("name")))
                .map(description -> BackboneKind.named((String) description.get("backbone"))).findFirst().orElseThrow();
    }

    /** L; all experts of a recipe see equally long histories. */
    static int length(Bundle bundle) {
        return described(bundle).mapToInt(expert -> ((Number) expert.get("length")).intValue()).findFirst().orElseThrow();
    }

    private static Stream<Map<?, ?>> described(Bundle bundle) {
        return ((List<?>) bundle.manifest().get("experts")).stream().map(expert -> (Map<?, ?>) expert);
    }

    /** The items that a bundle ranks. */
    static Catalogue catalogue(Bundle bundle) {
        return new Catalogue(Tensor.strings((Tensor.Bytes) bundle.tensors().get("items.ids")),
                Tensor.strings((Tensor.Bytes) bundle.tensors().get("items.titles")));
    }

    /** @throws PadrecException where the bundle was not made from this snapshot */
    void check(Bundle bundle) {
        check(bundle, snapshotHash);
    }

    static void check(Bundle bundle, String snapshotHash) {
        Map<String, Object> manifest = bundle.manifest();
        if (!snapshotHash.equals(manifest.get("snapshot"))) {
            throw new PadrecException("the bundle of phase " + manifest.get("phase") + " belongs to snapshot "
                    + manifest.get("snapshot") + ", not to " + snapshotHash + "; run its phase again for this snapshot");
        }
    }
}
