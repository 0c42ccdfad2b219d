package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.core.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Items that come after training, and items that go. */
class LaterItemsTest {
    private static final int ITEMS = 40;
    private static final int TEXT = 7;
    private static final int FEATURES = 6;
    private static final int COLDEST = 9;
    private static final int[] HISTORY = {3, 9, 4};

    private final Bundle bundle = RandomBundle.of(ITEMS, 1).whitening(TEXT, FEATURES).sasRec("id", 8, 1, 2, 4).ids("id", 8)
            .sasRec("aligned", 8, 1, 2, 4).ids("aligned", 8).projection("aligned", FEATURES, 8, 2).fusion("aligned", 8)
            .mean("text", FEATURES, 4, 0.8).historyGate().build();
    private final Ranker ranker = Ranker.of(bundle, "random");
    private final Random random = new Random(2);

    private float[] text() {
        float[] text = new float[TEXT];
        for (int t = 0; t < TEXT; t++) {
            text[t] = (float) random.nextGaussian();
        }
        return text;
    }

    private List<Integer> recommended(int... history) {
        return ranker.recommend(history, 100_000).stream().map(Recommendation::item).toList();
    }

    @Test
    void aNewItemScoresAsIfItHadBeenInTheBundleWithoutAnId() {
        float[] text = text();
        Reference reference = new Reference(with(vectors(text)));
        int item = ranker.add("new", "A new one", text);
        assertEquals(ITEMS + 1, item);
        for (int[] history : new int[][] {HISTORY, {item}, {3, item, 4, item}}) {
            double[][] expected = reference.shares(history);
            for (Recommendation r : ranker.recommend(Query.of(history, 1000).includingSeen())) {
                for (int k = 0; k < 3; k++) {
                    assertEquals(expected[r.item()][k], r.shares()[k], 1e-4, "item " + r.item() + ", expert " + k);
                }
            }
            assertTrue(ranker.recommend(Query.of(history, 1000).includingSeen()).stream().anyMatch(r -> r.item() == item));
            assertEquals(reference.scores(history)[item], ranker.scores(history)[item], 1e-4);
        }
    }

    /** Each expert's vector of an item of that text whose ids are zero, by the formulas of PAD, section 3. */
    private double[][] vectors(float[] text) {
        Reference reference = new Reference(bundle);
        double[] centred = IntStream.range(0, TEXT).mapToDouble(t -> text[t] - bundle.floats("text.mean").data()[t]).toArray();
        double[] whitened = times(reference.matrix("text.whitening"), centred);
        double norm = Math.sqrt(Reference.dot(whitened, whitened));
        double[] features = Arrays.stream(whitened).map(x -> 8 * x / norm).toArray();
        double[] projected = features;
        for (int m = 0; m <= 2; m++) {
            projected = gelu(plus(times(reference.matrix("aligned.projection." + m + ".weight"), projected),
                    bundle.floats("aligned.projection." + m + ".bias").data()));
        }
        double[] joined = DoubleStream.concat(Arrays.stream(new double[8]), Arrays.stream(projected)).toArray();
        double[] aligned = gelu(plus(times(reference.matrix("aligned.fusion.weight"), joined),
                bundle.floats("aligned.fusion.bias").data()));
        return new double[][] {new double[8], aligned, features};
    }

    private static double[] times(double[][] matrix, double[] x) {
        return Arrays.stream(matrix).mapToDouble(row -> Reference.dot(row, x)).toArray();
    }

    private static double[] plus(double[] x, float[] bias) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i] + bias[i]).toArray();
    }

    /** x · Φ(x), Φ as the integral that it is. */
    private static double[] gelu(double[] x) {
        return Arrays.stream(x).map(v -> {
            int steps = 20_000;
            double sum = 0;
            for (int s = 0; s < steps; s++) {
                double at = v * (s + 0.5) / steps;
                sum += Math.exp(-at * at / 2) * v / steps;
            }
            return v * (0.5 + sum / Math.sqrt(2 * Math.PI));
        }).toArray();
    }

    /** The bundle with one item more, in the coldest bin. */
    private Bundle with(double[][] vectors) {
        Map<String, Tensor> tensors = new HashMap<>(bundle.tensors());
        List<String> experts = List.of("id", "aligned", "text");
        for (int k = 0; k < experts.size(); k++) {
            Tensor.Floats table = bundle.floats(experts.get(k) + ".items");
            float[] rows = Arrays.copyOf(table.data(), table.data().length + vectors[k].length);
            for (int d = 0; d < vectors[k].length; d++) {
                rows[table.data().length + d] = (float) vectors[k][d];
            }
            tensors.put(experts.get(k) + ".items", Tensor.of(rows, ITEMS + 2, vectors[k].length));
        }
        int[] bins = Arrays.copyOf(((Tensor.Ints) bundle.tensors().get("items.bins")).data(), ITEMS + 2);
        bins[ITEMS + 1] = COLDEST;
        tensors.put("items.bins", Tensor.of(bins, ITEMS + 2));
        return new Bundle(bundle.manifest(), tensors);
    }

    @Test
    void aNewItemIsKnownByItsIdAndTitle() {
        int item = ranker.add("new", "A new one", text());
        assertEquals(item, ranker.number("new"));
        assertEquals("new", ranker.id(item));
        assertEquals("A new one", ranker.title(item));
        assertEquals(item, ranker.items());
        assertEquals("item-3", ranker.id(3));
        assertEquals("Title 3", ranker.title(3));
        assertEquals(0, ranker.number("other"));
        assertEquals(ITEMS, ranker.catalogue().size());
    }

    @Test
    void itemsGoOnBeingAddedBeyondABlock() {
        int many = 2 * Items.BLOCK + 5;
        for (int i = 1; i <= many; i++) {
            assertEquals(ITEMS + i, ranker.add("new-" + i, "", text()));
        }
        assertEquals(ITEMS + many - 3, recommended(HISTORY).size());
        assertEquals("new-" + (Items.BLOCK + 1), ranker.id(ITEMS + Items.BLOCK + 1));
        assertEquals(3, ranker.recommend(Query.of(HISTORY, 10)
                .within(ItemSet.of(ITEMS, ITEMS + 1, ITEMS + Items.BLOCK + 1))).size());
        int last = ITEMS + many;
        assertTrue(recommended(last).size() == last - 1 && !ranker.similar(last, 5).isEmpty());
    }

    @Test
    void aRemovedItemIsGoneFromEveryAnswerUntilItComesBack() {
        int item = ranker.add("new", "", text());
        for (String id : List.of("new", "item-7")) {
            int number = ranker.number(id);
            assertTrue(ranker.remove(id));
            assertFalse(ranker.remove(id));
            assertTrue(ranker.isRemoved(number));
            assertFalse(recommended(HISTORY).contains(number));
            assertFalse(ranker.similar(3, 1000).stream().anyMatch(r -> r.item() == number));
            assertEquals(List.of(), ranker.recommend(Query.of(HISTORY, 5).within(ItemSet.of(number))));
            assertTrue(recommended(number, 4).size() > 10);
        }
        assertEquals(7, ranker.add("item-7", "", text()));
        assertTrue(recommended(HISTORY).contains(7));
        assertFalse(recommended(HISTORY).contains(item));
        assertFalse(ranker.remove("unknown"));
    }

    @Test
    void addingTheSameAgainChangesNothingAndAnotherTextGetsANewNumber() {
        float[] text = text();
        int item = ranker.add("new", "", text);
        assertEquals(item, ranker.add("new", "", text.clone()));
        assertEquals(item, ranker.items());
        int other = ranker.add("new", "", text());
        assertEquals(item + 1, other);
        assertEquals(other, ranker.number("new"));
        assertTrue(recommended(HISTORY).contains(other));
        assertFalse(recommended(HISTORY).contains(item));
        float[] before = ranker.scores(HISTORY);
        assertEquals(8, ranker.add("item-8", "", text()));
        assertEquals(before[8], ranker.scores(HISTORY)[8], 1e-5);
    }

    @Test
    void bytesWorkTheSame() {
        Ranker bytes = Ranker.of(bundle, "random", RankerOptions.DEFAULT.with(Precision.INT8));
        float[] text = text();
        int item = ranker.add("new", "", text);
        assertEquals(item, bytes.add("new", "", text));
        assertEquals(item, bytes.add("new", "", text));
        float exact = ranker.scores(HISTORY)[item];
        assertEquals(exact, bytes.scores(HISTORY)[item], 0.05 * Math.max(1, Math.abs(exact)));
    }

    @Test
    void anItemWithoutTextHasTheVectorsOfNoFeatures() {
        int item = ranker.add("new", "", new float[TEXT]);
        Recommendation found = ranker.recommend(HISTORY, 100).stream().filter(r -> r.item() == item).findFirst().orElseThrow();
        assertEquals(0, found.shares()[0]);
        assertEquals(0, found.shares()[2]);
        assertTrue(found.shares()[1] != 0);
    }

    @Test
    void aTextVectorOfAnotherWidthOrNoNumbersIsRefused() {
        String wrong = assertThrows(IllegalArgumentException.class, () -> ranker.add("new", "", new float[3])).getMessage();
        assertTrue(wrong.contains("width 3") && wrong.contains("width 7"), wrong);
        float[] infinite = text();
        infinite[2] = Float.POSITIVE_INFINITY;
        assertThrows(IllegalArgumentException.class, () -> ranker.add("new", "", infinite));
        assertEquals(0, ranker.number("new"));
    }

    @Test
    void aBundleThatCannotMakeVectorsOfTextSaysSo() {
        Ranker blind = Ranker.of(RandomBundle.small(5, 1), "small");
        String message = assertThrows(PadrecException.class, () -> blind.add("new", "", new float[8])).getMessage();
        assertTrue(message.contains("bundle small holds nothing that turns text into vectors of its expert 'id'"), message);
    }

    @Test
    void aPlainLinearProjectionHasNoBiasAndNoGelu() {
        Bundle plain = RandomBundle.of(ITEMS, 3).sasRec("aligned", 8, 1, 2, 4).ids("aligned", 8)
                .projection("aligned", TEXT, 8, 0).build();
        Ranker linear = Ranker.of(plain, "plain");
        float[] text = text();
        int one = linear.add("one", "", text);
        float[] doubled = text.clone();
        for (int t = 0; t < TEXT; t++) {
            doubled[t] *= 2;
        }
        int two = linear.add("two", "", doubled);
        float[] scores = linear.scores(HISTORY);
        assertEquals(2 * scores[one], scores[two], 1e-4);
        assertTrue(Math.abs(scores[one]) > 1e-3);
    }
}
