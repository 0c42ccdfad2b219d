package io.padrec.recommend;

import static io.padrec.serverless.testing.Http.get;

import io.padrec.core.Bundle;
import io.padrec.core.Item;
import io.padrec.core.Tensor;
import io.padrec.core.UserHistory;
import io.padrec.ranking.RandomBundle;
import io.padrec.ranking.Ranker;
import io.padrec.ranking.Recommendation;
import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Models;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** The tests' dataset, its users, and random models of its items. */
final class Shop {
    static final String DATASET = "shop";
    static final int ITEMS = 60;
    static final String ENCODER = "test-encoder";
    /** Width of its vectors. */
    static final int TEXT = 4;
    static final List<String> ADA = List.of("item-1", "item-2", "item-3", "item-4", "item-5", "item-6", "item-7");

    private Shop() {
    }

    static void save(Datasets datasets) {
        List<Item> items = new ArrayList<>(IntStream.rangeClosed(1, ITEMS).mapToObj(i -> new Item("item-" + i, "Title " + i))
                .toList());
        items.add(new Item("new", "An item that came after the model"));
        datasets.save(DATASET, "made for a test", items, List.of(new UserHistory("ada", ADA),
                new UserHistory("bob", List.of("item-9", "new")), new UserHistory("eve", List.of()),
                new UserHistory("dan", List.of("new")), new UserHistory("Zoë & co", List.of("item-5"))));
    }

    /** Items that are the more popular the lower their number, and what new items are made of by their text. */
    static Bundle bundle(long seed) {
        Bundle small = RandomBundle.small(ITEMS, seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>(small.tensors());
        tensors.put("items.frequency", Tensor.of(IntStream.rangeClosed(0, ITEMS).map(i -> i == 0 ? 0 : ITEMS - i).toArray(),
                ITEMS + 1));
        Random random = new Random(seed);
        tensors.put("text.mean", Tensor.of(new float[TEXT], TEXT));
        tensors.put("text.whitening", numbers(random, TEXT, TEXT));
        tensors.put("text.length", Tensor.of(new float[] {2}, 1));
        tensors.put("id.ids", numbers(random, ITEMS + 1, 8));
        tensors.put("aligned.projection.0.weight", numbers(random, 8, TEXT));
        tensors.put("text.projection.0.weight", numbers(random, 8, TEXT));
        Map<String, Object> manifest = new LinkedHashMap<>(small.manifest());
        manifest.put("dataset", DATASET);
        manifest.put("encoder", ENCODER);
        return new Bundle(manifest, tensors);
    }

    private static Tensor numbers(Random random, int rows, int columns) {
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return Tensor.of(numbers, rows, columns);
    }

    static Ranker ranker(long seed) {
        return Ranker.of(bundle(seed), "model-" + seed);
    }

    /** Writes the model of this seed and makes it the one to serve. */
    static void promote(long seed, Models models, Artifacts artifacts) {
        register(seed, models, artifacts);
        models.promote("model-" + seed);
    }

    /** Writes the model of this seed. */
    static void register(long seed, Models models, Artifacts artifacts) {
        String id = "model-" + seed;
        artifacts.store("models/" + id, bundle(seed)::write);
        models.register(id, DATASET, null, "models/" + id, Map.of());
    }

    static void awaitServed(String model) throws InterruptedException {
        Eventually.holds(model + " is served", () -> model.equals(get("/health").extract().path("model")));
    }

    static List<String> ids(Ranker ranker, List<Recommendation> list) {
        return list.stream().map(one -> ranker.catalogue().id(one.item())).toList();
    }

    static int[] numbers(Ranker ranker, List<String> items) {
        return items.stream().mapToInt(ranker.catalogue()::number).toArray();
    }
}
