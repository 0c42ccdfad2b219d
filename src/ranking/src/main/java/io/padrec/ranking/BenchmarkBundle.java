package io.padrec.ranking;

import io.padrec.core.Bundle;
import io.padrec.core.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A bundle for benchmarks, of any number of items, that has what matters of a trained one. Every item belongs to a topic and has
 * a hidden place, its topic's plus its own; an expert's vector is a linear image of that place, with a falling spectrum, plus
 * noise in all directions. So vectors lie in clusters near a subspace, as trained ones do, and not evenly in all directions,
 * where no index could find anything. The id vectors of rare items are short. Encoders are close to passing their input through:
 * a user's vector is near those of the history's items. 60 % of the items are in the coldest bin.
 */
final class BenchmarkBundle {
    static final int WIDTH = 128;
    static final int LENGTH = 20;
    private static final int BLOCKS = 2;
    private static final int HEADS = 2;
    private static final int BINS = 10;
    private static final int HIDDEN = 48;
    private static final int TOPIC = 500;
    private static final List<String> EXPERTS = List.of("id", "aligned", "text");

    private final int items;
    private final int topics;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    BenchmarkBundle(int items) {
        this.items = items;
        this.topics = Math.max(20, items / TOPIC);
    }

    /** Histories of two topics each, with a few items from anywhere. */
    int[][] histories(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] histories = new int[count][];
        for (int h = 0; h < count; h++) {
            int topic = random.nextInt(topics);
            int other = random.nextInt(topics);
            histories[h] = new int[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                int draw = random.nextInt(8);
                histories[h][i] = draw == 0 ? 1 + random.nextInt(items)
                        : member(draw <= 2 ? other : topic, random.nextInt(Math.max(1, items / topics)));
            }
        }
        return histories;
    }

    private int member(int topic, int place) {
        return 1 + Math.min(items - 1, place * topics + topic);
    }

    private int bin(int item) {
        double rank = new SplittableRandom(31L * item).nextDouble();
        return rank < 0.6 ? BINS - 1 : (int) ((BINS - 1) * Math.sqrt((rank - 0.6) / 0.4));
    }

    Bundle build() {
        tensors.put("items.ids", Tensor.ofStrings(IntStream.rangeClosed(1, items).mapToObj(i -> "item-" + i).toList()));
        tensors.put("items.titles", Tensor.ofStrings(IntStream.rangeClosed(1, items)
                .mapToObj(i -> "An item of topic " + (i - 1) % topics + " whose title is as long as titles are, " + i).toList()));
        tensors.put("items.bins", Tensor.of(IntStream.rangeClosed(0, items).map(this::bin).toArray(), items + 1));
        float[] gate = new float[BINS * EXPERTS.size()];
        for (int bin = 0; bin < BINS; bin++) {
            gate[bin * 3] = 1.2f - 0.1f * bin;
            gate[bin * 3 + 1] = 1;
            gate[bin * 3 + 2] = 0.5f + 0.1f * bin;
        }
        tensors.put("gate", Tensor.of(gate, BINS, EXPERTS.size()));
        float[][] places = topicPlaces();
        List<Map<String, Object>> described = new ArrayList<>();
        for (int k = 0; k < EXPERTS.size(); k++) {
            tensors.put(EXPERTS.get(k) + ".items", Tensor.of(vectors(k, places), items + 1, WIDTH));
            encoder(EXPERTS.get(k) + ".", new SplittableRandom(100 + k));
            described.add(Map.of("name", EXPERTS.get(k), "backbone", "sasrec", "width", (long) WIDTH, "blocks", (long) BLOCKS,
                    "heads", (long) HEADS, "length", (long) LENGTH));
        }
        return new Bundle(Map.of("phase", "finetune", "dataset", "benchmark", "experts", described), tensors);
    }

    private float[][] topicPlaces() {
        SplittableRandom random = new SplittableRandom(1);
        float[][] fields = new float[Math.max(5, topics / 20)][];
        for (int f = 0; f < fields.length; f++) {
            fields[f] = normal(random, 1, HIDDEN);
        }
        float[][] places = new float[topics][];
        for (int t = 0; t < topics; t++) {
            float[] field = fields[random.nextInt(fields.length)];
            places[t] = normal(random, 0.7, HIDDEN);
            for (int h = 0; h < HIDDEN; h++) {
                places[t][h] += 0.7f * field[h];
            }
        }
        return places;
    }

    private float[] vectors(int expert, float[][] places) {
        float[] image = normal(new SplittableRandom(10 + expert), 1 / Math.sqrt(HIDDEN), WIDTH * HIDDEN);
        for (int i = 0; i < image.length; i++) {
            image[i] *= (float) Math.pow(i % HIDDEN + 1, -0.25);
        }
        float[] vectors = new float[(items + 1) * WIDTH];
        IntStream.rangeClosed(1, items).parallel().forEach(item -> {
            SplittableRandom own = new SplittableRandom(item);
            float[] place = normal(own, 0.7, HIDDEN);
            float[] topic = places[(item - 1) % topics];
            for (int h = 0; h < HIDDEN; h++) {
                place[h] += 0.7f * topic[h];
            }
            SplittableRandom noise = new SplittableRandom(4L * item + expert);
            int bin = bin(item);
            float length = expert > 0 ? 1 : bin == BINS - 1 ? 0.3f : 1.5f - 0.1f * bin;
            for (int d = 0; d < WIDTH; d++) {
                float sum = (float) (0.15 * noise.nextGaussian());
                for (int h = 0; h < HIDDEN; h++) {
                    sum += image[d * HIDDEN + h] * place[h];
                }
                vectors[item * WIDTH + d] = length * sum;
            }
        });
        return vectors;
    }

    private void encoder(String prefix, SplittableRandom random) {
        put(prefix + "positions", normal(random, 0.1, LENGTH * WIDTH), LENGTH, WIDTH);
        norm(prefix + "norm");
        for (int b = 0; b < BLOCKS; b++) {
            String block = prefix + "blocks." + b + ".";
            put(block + "attention.query", normal(random, 0.3 / Math.sqrt(WIDTH), WIDTH * WIDTH), WIDTH, WIDTH);
            put(block + "attention.key", normal(random, 0.3 / Math.sqrt(WIDTH), WIDTH * WIDTH), WIDTH, WIDTH);
            put(block + "attention.value", nearIdentity(random), WIDTH, WIDTH);
            put(block + "attention.output", nearIdentity(random), WIDTH, WIDTH);
            norm(block + "attention.norm");
            put(block + "feedforward.inner.weight", normal(random, 0.3 / Math.sqrt(WIDTH), 4 * WIDTH * WIDTH), 4 * WIDTH, WIDTH);
            put(block + "feedforward.inner.bias", normal(random, 0.1, 4 * WIDTH), 4 * WIDTH);
            put(block + "feedforward.outer.weight", normal(random, 0.3 / Math.sqrt(WIDTH), 4 * WIDTH * WIDTH), WIDTH, 4 * WIDTH);
            put(block + "feedforward.outer.bias", normal(random, 0.1, WIDTH), WIDTH);
            norm(block + "feedforward.norm");
        }
    }

    private static float[] nearIdentity(SplittableRandom random) {
        float[] matrix = normal(random, 0.1 / Math.sqrt(WIDTH), WIDTH * WIDTH);
        for (int d = 0; d < WIDTH; d++) {
            matrix[d * WIDTH + d] += 1;
        }
        return matrix;
    }

    private void norm(String prefix) {
        float[] ones = new float[WIDTH];
        java.util.Arrays.fill(ones, 1);
        put(prefix + ".weight", ones, WIDTH);
        put(prefix + ".bias", new float[WIDTH], WIDTH);
    }

    private void put(String name, float[] data, int... shape) {
        tensors.put(name, Tensor.of(data, shape));
    }

    private static float[] normal(SplittableRandom random, double deviation, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (deviation * random.nextGaussian());
        }
        return numbers;
    }
}
