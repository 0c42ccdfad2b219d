package io.padrec.store;

import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.Item;
import io.padrec.core.Tensor;
import io.padrec.core.UserHistory;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Small content for tests. */
final class Examples {
    static final String ENCODER = "tiny";
    static final int WIDTH = 3;
    static final List<Item> ITEMS = List.of(new Item("b", "Beans"), new Item("a", "Apples"), new Item("c", ""));
    static final List<UserHistory> HISTORIES = List.of(new UserHistory("zoe", List.of("a", "b", "a")),
            new UserHistory("ann", List.of("c")), new UserHistory("new", List.of()));

    private Examples() {
    }

    static Catalogue catalogue(List<Item> items) {
        return new Catalogue(items.stream().map(Item::id).toList(), items.stream().map(Item::title).toList());
    }

    /** A vector for each item, made from its text, as an encoder does. */
    static float[][] encode(List<Item> items) {
        return items.stream().map(item -> new float[] {item.title().length(), item.title().hashCode() % 100, 0.1f})
                .toArray(float[][]::new);
    }

    /** What {@link Embeddings#matrix} has to give for items encoded so. */
    static float[] matrix(List<Item> items) {
        float[] matrix = new float[(items.size() + 1) * WIDTH];
        float[][] vectors = encode(items);
        IntStream.range(0, vectors.length).forEach(i -> System.arraycopy(vectors[i], 0, matrix, (i + 1) * WIDTH, WIDTH));
        return matrix;
    }

    /** A snapshot of a dataset of its own. */
    static String snapshot(String dataset, Datasets datasets, Embeddings embeddings, Snapshots snapshots) {
        datasets.save(dataset, "made up", ITEMS, HISTORIES);
        List<Item> missing = embeddings.missing(dataset, ENCODER);
        if (!missing.isEmpty()) {
            embeddings.addSegment(dataset, ENCODER, missing, encode(missing));
        }
        return snapshots.cut(dataset, ENCODER).hash();
    }

    /** The name of a bundle that is there. */
    static String bundle(String name, Artifacts artifacts) {
        String artifact = "bundles/" + name;
        artifacts.store(artifact, bundle(1)::write);
        return artifact;
    }

    /** A bundle of its own for each seed. */
    static Bundle bundle(long seed) {
        float[] weights = {seed, 1, 2};
        return new Bundle(Map.of("seed", seed), Map.of("weights", Tensor.of(weights, 3)));
    }

    static Map<String, Object> config(Object learningRate) {
        return Map.of("loss", "softmax", "rate", learningRate, "layers", List.of(2, 2));
    }
}
