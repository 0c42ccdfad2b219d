package io.padrec.ranking;

import io.padrec.core.Bundle;
import io.padrec.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Builds small bundles of phase finetune with random weights, for the tests of whatever serves a bundle. */
public final class RandomBundle {
    private static final int BINS = 10;

    private final int items;
    private final Random random;
    private final List<Map<String, Object>> experts = new ArrayList<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private String dataset = "random";

    private RandomBundle(int items, long seed) {
        this.items = items;
        this.random = new Random(seed);
    }

    /** Items {@code item-1} to {@code item-N} titled {@code Title 1} and so on; without experts yet. */
    public static RandomBundle of(int items, long seed) {
        return new RandomBundle(items, seed);
    }

    /** The experts id, aligned and text as small SASRecs of 2 blocks and 2 heads. */
    public static Bundle small(int items, long seed) {
        return of(items, seed).sasRec("id", 8, 2, 2, 5).sasRec("aligned", 8, 2, 2, 5).sasRec("text", 8, 2, 2, 5).build();
    }

    public RandomBundle dataset(String name) {
        this.dataset = name;
        return this;
    }

    public RandomBundle sasRec(String name, int width, int blocks, int heads, int length) {
        expert(name, Map.of("backbone", "sasrec", "width", (long) width, "blocks", (long) blocks, "heads", (long) heads,
                "length", (long) length));
        table(name, width);
        normal(name + ".positions", 0.5, length, width);
        norm(name + ".norm", width);
        for (int b = 0; b < blocks; b++) {
            String block = name + ".blocks." + b + ".";
            for (String matrix : List.of("query", "key", "value", "output")) {
                normal(block + "attention." + matrix, 1 / Math.sqrt(width), width, width);
            }
            norm(block + "attention.norm", width);
            normal(block + "feedforward.inner.weight", 1 / Math.sqrt(width), 4 * width, width);
            normal(block + "feedforward.inner.bias", 0.3, 4 * width);
            normal(block + "feedforward.outer.weight", 1 / Math.sqrt(4 * width), width, 4 * width);
            normal(block + "feedforward.outer.bias", 0.3, width);
            norm(block + "feedforward.norm", width);
        }
        return this;
    }

    public RandomBundle gru4Rec(String name, int width, int length) {
        expert(name, Map.of("backbone", "gru4rec", "width", (long) width, "length", (long) length));
        table(name, width);
        normal(name + ".gru.input", 1 / Math.sqrt(width), 3 * width, width);
        normal(name + ".gru.recurrent", 1 / Math.sqrt(width), 3 * width, width);
        normal(name + ".output.weight", 1 / Math.sqrt(width), width, width);
        normal(name + ".output.bias", 0.3, width);
        norm(name + ".norm", width);
        return this;
    }

    public RandomBundle caser(String name, int width, int window, int horizontal, int vertical, int length) {
        expert(name, Map.of("backbone", "caser", "width", (long) width, "window", (long) window, "horizontal", (long) horizontal,
                "vertical", (long) vertical, "length", (long) length));
        table(name, width);
        for (int height = 1; height <= window; height++) {
            normal(name + ".horizontal." + height + ".weight", 1 / Math.sqrt(height * width), horizontal, height * width);
            normal(name + ".horizontal." + height + ".bias", 0.3, horizontal);
        }
        int features = vertical * width + horizontal * window;
        normal(name + ".vertical", 1 / Math.sqrt(window), vertical, window);
        normal(name + ".output.weight", 1 / Math.sqrt(features), width, features);
        normal(name + ".output.bias", 0.3, width);
        norm(name + ".norm", width);
        return this;
    }

    public RandomBundle mean(String name, int width, int length, double decay) {
        expert(name, Map.of("backbone", "mean", "width", (long) width, "length", (long) length, "decay", decay));
        table(name, width);
        return this;
    }

    /** The last expert's scores are cosines: its states and later items' vectors have length 1/√temperature. */
    public RandomBundle cosine(double temperature) {
        experts.getLast().put("temperature", temperature);
        return this;
    }

    /** What turns text vectors of width {@code in} into features of width {@code features}. */
    public RandomBundle whitening(int in, int features) {
        normal("text.mean", 0.5, in);
        normal("text.whitening", 1, features, in);
        tensors.put("text.length", Tensor.of(new float[] {8}, 1));
        return this;
    }

    /**
     * The weights that make an expert's vectors of text features.
     *
     * @param layers layers after the first; without any it is a linear map, else each has a bias and GELU after it
     */
    public RandomBundle projection(String expert, int features, int width, int layers) {
        normal(expert + ".projection.0.weight", 1 / Math.sqrt(features), width, features);
        for (int m = 0; m <= layers && layers > 0; m++) {
            normal(expert + ".projection." + m + ".bias", 0.3, width);
            if (m > 0) {
                normal(expert + ".projection." + m + ".weight", 1 / Math.sqrt(width), width, width);
            }
        }
        return this;
    }

    /** The weights that join an expert's ids and projected text. */
    public RandomBundle fusion(String expert, int width) {
        normal(expert + ".fusion.weight", 1 / Math.sqrt(width), width, 2 * width);
        normal(expert + ".fusion.bias", 0.3, width);
        return this;
    }

    /** An expert's trained ids, which its finished vectors already hold. */
    public RandomBundle ids(String expert, int width) {
        normal(expert + ".ids", 1, items + 1, width);
        return this;
    }

    /** Sets an item's vector of one expert to zero, as an item never seen in training has it. */
    public RandomBundle without(String expert, int item) {
        float[] data = ((Tensor.Floats) tensors.get(expert + ".items")).data();
        int width = data.length / (items + 1);
        Arrays.fill(data, item * width, (item + 1) * width, 0);
        return this;
    }

    /** A gate that looks at the history's newest item as well. */
    public RandomBundle historyGate() {
        normal("gate.history", 0.5, BINS, experts.size());
        return this;
    }

    public Bundle build() {
        tensors.put("items.ids", Tensor.ofStrings(numbered("item-")));
        tensors.put("items.titles", Tensor.ofStrings(numbered("Title ")));
        tensors.put("items.bins", Tensor.of(IntStream.rangeClosed(0, items).map(i -> random.nextInt(BINS)).toArray(),
                items + 1));
        normal("gate", 0.5, BINS, experts.size());
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("phase", "finetune");
        manifest.put("dataset", dataset);
        manifest.put("experts", List.copyOf(experts));
        return new Bundle(manifest, tensors);
    }

    private List<String> numbered(String prefix) {
        return IntStream.rangeClosed(1, items).mapToObj(i -> prefix + i).toList();
    }

    private void expert(String name, Map<String, Object> fields) {
        Map<String, Object> expert = new LinkedHashMap<>();
        expert.put("name", name);
        expert.putAll(fields);
        experts.add(expert);
    }

    private void table(String name, int width) {
        normal(name + ".items", 1, items + 1, width);
        without(name, 0);
    }

    private void norm(String name, int width) {
        normal(name + ".weight", 1, width);
        normal(name + ".bias", 0.5, width);
    }

    private void normal(String name, double deviation, int... shape) {
        float[] data = new float[IntStream.of(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (deviation * random.nextGaussian());
        }
        tensors.put(name, Tensor.of(data, shape));
    }
}
