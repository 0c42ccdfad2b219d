package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.padrec.core.FrequencyBins;
import io.padrec.core.FullRanking;

/** Rows that stand in every table and train nothing. */
final class Baselines {
    private static final double DECAY = 0.8;

    private Baselines() {
    }

    /** Every item scores its training frequency. */
    static FullRanking.Scorer popularity(FrequencyBins bins, int items) {
        return histories -> {
            float[] scores = new float[histories.length * (items + 1)];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = bins.frequency(i % (items + 1));
            }
            return scores;
        };
    }

    /**
     * The cosine between an item's whitened text and the decayed mean of the history's: weight 0.8^age over the last L items.
     *
     * @param text   whitened text of unit length, [N + 1, W]
     * @param length L
     */
    static FullRanking.Scorer textNeighbours(NDManager manager, float[] text, int items, int length) {
        int width = text.length / (items + 1);
        NDArray table = manager.create(text, new Shape(items + 1, width)).transpose();
        return histories -> {
            float[] means = new float[histories.length * width];
            for (int b = 0; b < histories.length; b++) {
                int[] history = histories[b];
                for (int age = 0; age < Math.min(length, history.length); age++) {
                    int item = history[history.length - 1 - age];
                    float weight = (float) Math.pow(DECAY, age);
                    for (int w = 0; w < width; w++) {
                        means[b * width + w] += weight * text[item * width + w];
                    }
                }
            }
            // The mean's own length changes no rank, so it is left as it is.
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                return manager.create(means, new Shape(histories.length, width)).matMul(table).toFloatArray();
            }
        };
    }
}
