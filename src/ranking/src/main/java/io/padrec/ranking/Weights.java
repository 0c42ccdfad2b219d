package io.padrec.ranking;

import java.util.List;

/** What each expert's inner product counts for a candidate. */
interface Weights {
    float of(int expert, int item);

    /**
     * The frequency-aware gate (PAD, section 4).
     *
     * @param gate [bins, K]
     * @param bins each item's bin, [N + 1]
     */
    record Gate(float[] gate, int experts, int[] bins) implements Weights {
        @Override
        public float of(int expert, int item) {
            return gate[bins[item] * experts + expert];
        }
    }

    /**
     * Scales an item's vectors, each expert's to the same length and all of them side by side to length one; an expert that has
     * no vector of the item (one never seen in training has no id vector) is left out.
     *
     * @param scale [K][N + 1]
     */
    record UnitLength(float[][] scale) implements Weights {
        static UnitLength of(List<Expert> experts, int items) {
            float[][] scale = new float[experts.size()][items + 1];
            for (int item = 1; item <= items; item++) {
                int present = 0;
                for (int k = 0; k < scale.length; k++) {
                    float[] vector = experts.get(k).items();
                    int width = experts.get(k).width();
                    double norm = Math.sqrt(Kernels.product(vector, item * width, vector, item * width, width));
                    scale[k][item] = norm > 0 ? (float) (1 / norm) : 0;
                    present += norm > 0 ? 1 : 0;
                }
                for (int k = 0; k < scale.length && present > 0; k++) {
                    scale[k][item] /= (float) Math.sqrt(present);
                }
            }
            return new UnitLength(scale);
        }

        @Override
        public float of(int expert, int item) {
            return scale[expert][item];
        }
    }
}
