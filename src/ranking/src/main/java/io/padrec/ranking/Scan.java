package io.padrec.ranking;

import java.util.Arrays;
import java.util.List;

/**
 * One pass over all items: score(i) = Σ_k weight_k(i) · ⟨query_k, v_k,i⟩. It goes by tiles that stay in the first cache, so a
 * request allocates nothing of size N.
 *
 * <p>The gate is folded in here, one multiplication for an inner product, and not into a second table: the encoders need the
 * ungated vectors, so a folded table would double the memory and gain nothing.
 *
 * @param queries one vector [D_k] for each expert
 */
record Scan(List<Expert> experts, float[][] queries, Weights weights, int items) {
    private static final int TILE = 256;

    /** The scores of all items, [N + 1]; index 0 (padding) is 0. */
    float[] scores() {
        float[] all = new float[items + 1];
        float[] scores = new float[TILE];
        float[] products = new float[TILE];
        for (int first = 1; first <= items; first += TILE) {
            int count = Math.min(TILE, items + 1 - first);
            score(first, count, products, scores);
            System.arraycopy(scores, 0, all, first, count);
        }
        return all;
    }

    /** @param masked items left out */
    TopItems best(int k, int[] masked) {
        int[] left = masked.clone();
        Arrays.sort(left);
        TopItems best = new TopItems(Math.min(k, items));
        float[] scores = new float[TILE];
        float[] products = new float[TILE];
        int next = 0;
        for (int first = 1; first <= items; first += TILE) {
            int count = Math.min(TILE, items + 1 - first);
            score(first, count, products, scores);
            for (; next < left.length && left[next] < first + count; next++) {
                scores[left[next] - first] = Float.NEGATIVE_INFINITY;
            }
            best.offerAll(first, scores, count);
        }
        return best;
    }

    /** What each expert adds to the item's score, [K]. */
    float[] shares(int item) {
        float[] shares = new float[experts.size()];
        for (int k = 0; k < shares.length; k++) {
            // A missing vector's share is 0, not the -0 that a product with it may be.
            shares[k] = weights.of(k, item) * experts.get(k).product(queries[k], item) + 0f;
        }
        return shares;
    }

    private void score(int first, int count, float[] products, float[] scores) {
        Arrays.fill(scores, 0, count, 0);
        for (int k = 0; k < experts.size(); k++) {
            Kernels.products(queries[k], experts.get(k).items(), first, count, products);
            weigh(k, first, count, products, scores);
        }
    }

    private void weigh(int expert, int first, int count, float[] products, float[] scores) {
        for (int i = 0; i < count; i++) {
            scores[i] += weights.of(expert, first + i) * products[i];
        }
    }
}
