package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.padrec.core.Bundle;
import io.padrec.core.FrequencyBins;
import io.padrec.core.FrequencyBins.Stratum;
import io.padrec.core.KendallTau;
import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How the spaces of ids and of text lie to one another (PAD, section 6: Figure 3), and what alignment made of the space of ids
 * (forgetting). For the thread that opened it.
 */
public final class Spaces implements AutoCloseable {
    /** Items whose distances to each other are compared before and after: 79 800 pairs. */
    private static final int SAMPLE = 400;
    private static final long SEED = 20_241_204;
    private static final String IDS = ".ids";

    private final Snapshot snapshot;
    private final String hash;
    private final FrequencyBins bins;
    private final NDManager manager;

    /**
     * Euclidean distances between vectors of unit length, 0 (same direction) to 2 (opposite); √2 is what directions that know nothing
     * of each other have.
     *
     * @param own    of each cold item's two vectors
     * @param others of each one's id vector and another cold item's text, with which to compare
     */
    public record Distances(double[] own, double[] others) {
    }

    private Spaces(Snapshot snapshot, String hash, NDManager manager) {
        this.snapshot = snapshot;
        this.hash = hash;
        this.bins = snapshot.bins();
        this.manager = manager;
    }

    /**
     * @param hash the snapshot's hash, its name in bundles
     * @throws PadrecException where the device is not there
     */
    public static Spaces open(Snapshot snapshot, String hash, Settings settings) {
        return new Spaces(snapshot, hash, PyTorch.open(settings));
    }

    /**
     * Distances between each cold item's collaborative and textual vector, in a row's finished model. Where its model joins both in one
     * expert (PAD, SMEM), that expert's e_i and p(x_i). Where only alignment joined them (CTRL), the e_i that the model ranks by and
     * phase 2's p(x_i). Where nothing did (id only), e_i of the id tower and p(x_i) of the text tower: each was trained alone, their
     * axes are any, and the distances are those of strangers. The spaces differ in scale, so each vector is brought to unit length
     * first; one without a length has no direction and is left out.
     *
     * @param phases the bundles of the phases that make the row's model, in their order
     * @throws PadrecException where a bundle was not made from this snapshot
     */
    public Distances distances(Variant row, List<Bundle> phases) {
        phases.forEach(bundle -> Bundles.check(bundle, hash));
        Bundle model = phases.getLast();
        int width = row.recipe().width();
        if (phases.size() == 1) {
            return distances(ids(model, Towers.ID), model.floats(Towers.TEXT + ".items").data(), width);
        }
        boolean joined = model.tensors().containsKey(Towers.ALIGNED + IDS);
        return distances(ids(model, joined ? Towers.ALIGNED : Towers.ID), projected(row.recipe(), joined ? model : phases.get(1)), width);
    }

    /** e_i, [N + 1, D]. */
    private static float[] ids(Bundle bundle, String expert) {
        return bundle.floats(expert + IDS).data();
    }

    /** p(x_i) of the aligned expert, [N + 1, D]. */
    private float[] projected(Recipe recipe, Bundle bundle) {
        String prefix = Towers.ALIGNED + ".projection.";
        TextFeatures text = TextFeatures.of(manager, snapshot, recipe);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            // Every weight is loaded, so the seed of their beginnings does not matter.
            Parameters parameters = new Parameters(manager, 0);
            Projection.create(parameters, prefix, text.width(), recipe.width(), recipe.projectionLayers());
            parameters.load(bundle.tensors(), "");
            NDArray features = manager.create(text.data(), new Shape(snapshot.items() + 1L, text.width()));
            return Projection.of(parameters, prefix, features, recipe.projectionLayers(), 0).toFloatArray();
        }
    }

    private Distances distances(float[] ids, float[] text, int width) {
        int[] cold = IntStream.rangeClosed(1, snapshot.items()).filter(item -> bins.stratum(item) == Stratum.COLD)
                .filter(item -> length(ids, item, width) > 0 && length(text, item, width) > 0).toArray();
        // Half the catalogue away: neighbours in it are often alike.
        return new Distances(
                IntStream.range(0, cold.length).mapToDouble(c -> apart(ids, cold[c], text, cold[c], width)).toArray(),
                IntStream.range(0, cold.length)
                        .mapToDouble(c -> apart(ids, cold[c], text, cold[(c + cold.length / 2) % cold.length], width)).toArray());
    }

    private static double apart(float[] a, int i, float[] b, int j, int width) {
        double scale = length(a, i, width) * length(b, j, width);
        double cosine = 0;
        for (int d = 0; d < width; d++) {
            cosine += a[i * width + d] / scale * b[j * width + d];
        }
        return Math.sqrt(Math.max(0, 2 - 2 * cosine));
    }

    private static double length(float[] vectors, int item, int width) {
        double squares = 0;
        for (int d = 0; d < width; d++) {
            squares += (double) vectors[item * width + d] * vectors[item * width + d];
        }
        return Math.sqrt(squares);
    }

    /**
     * How much of the order of distances among ids alignment left as it was: Kendall's tau-b between the Euclidean distances of pairs of
     * items by phase 1's e_i and by phase 2's. 1 is all of it, 0 none. The items are a sample, always the same one, of those that occur
     * in training.
     *
     * @throws PadrecException where a bundle was not made from this snapshot
     */
    public double kept(Bundle pretrained, Bundle aligned) {
        Bundles.check(pretrained, hash);
        Bundles.check(aligned, hash);
        int[] items = sample();
        int width = pretrained.floats(Towers.ID + IDS).shape()[1];
        return KendallTau.b(pairs(ids(pretrained, Towers.ID), items, width), pairs(ids(aligned, Towers.ALIGNED), items, width));
    }

    private int[] sample() {
        int[] items = IntStream.rangeClosed(1, snapshot.items()).filter(item -> bins.frequency(item) > 0).toArray();
        SplittableRandom random = new SplittableRandom(SEED);
        int size = Math.min(SAMPLE, items.length);
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i, items.length);
            int swap = items[i];
            items[i] = items[j];
            items[j] = swap;
        }
        return Arrays.copyOf(items, size);
    }

    private static double[] pairs(float[] vectors, int[] items, int width) {
        double[] distances = new double[items.length * (items.length - 1) / 2];
        int n = 0;
        for (int i = 0; i < items.length; i++) {
            for (int j = 0; j < i; j++) {
                double squares = 0;
                for (int d = 0; d < width; d++) {
                    double difference = (double) vectors[items[i] * width + d] - vectors[items[j] * width + d];
                    squares += difference * difference;
                }
                // The root would change no order.
                distances[n++] = squares;
            }
        }
        return distances;
    }

    /** Frees its memory. */
    @Override
    public void close() {
        manager.close();
    }
}
