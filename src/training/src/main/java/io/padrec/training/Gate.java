package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * How much each expert counts for a candidate, by the candidate's frequency bin (PAD, section 4): weights [bins, K], which fold into
 * the item table. It may look at the history's newest item as well; that part folds into the user's vector.
 */
interface Gate {
    /** Weights [bins, K], all positive. */
    NDArray weights(Parameters parameters);

    /** Factors [bins, K] row by row, by the bin of the history's newest item; null for none. */
    default float[] ofHistories() {
        return null;
    }

    /**
     * The paper's gate: g_k = sigmoid(θ_k) / Σ sigmoid(θ). Starts with id falling and text rising from the most popular bin to
     * the rarest, and the aligned expert low (γ to γ - 1, γ = -4).
     */
    record SigmoidShare(int bins, List<String> experts) implements Gate {
        private static final float ALIGNED = -4;

        /** Makes the weights that train. */
        void create(Parameters p) {
            float[] theta = new float[bins * experts.size()];
            for (int b = 0; b < bins; b++) {
                float rarity = bins == 1 ? 0 : b / (bins - 1f);
                for (int k = 0; k < experts.size(); k++) {
                    theta[b * experts.size() + k] = switch (experts.get(k)) {
                        case Towers.ID -> 1 - rarity;
                        case Towers.ALIGNED -> ALIGNED - rarity;
                        default -> rarity;
                    };
                }
            }
            p.put("gate", theta, bins, experts.size());
        }

        @Override
        public NDArray weights(Parameters p) {
            NDArray open = ai.djl.nn.Activation.sigmoid(p.get("gate"));
            return open.div(open.sum(new int[] {1}, true));
        }
    }

    /** Experts side by side, each counting 1. */
    record Open(int bins, int experts) implements Gate {
        @Override
        public NDArray weights(Parameters p) {
            return p.manager().ones(new Shape(bins, experts));
        }
    }

    /** Weights that are finished and no longer trained, [bins, K] row by row; {@code ofHistories} may be null. */
    record Finished(float[] data, int bins, float[] ofHistories) implements Gate {
        @Override
        public NDArray weights(Parameters p) {
            return p.manager().create(data, new Shape(bins, data.length / bins));
        }
    }
}
