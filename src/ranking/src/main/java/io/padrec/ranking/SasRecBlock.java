package io.padrec.ranking;

/**
 * One post-norm block: h = LN(h + attention(h)); h = LN(h + W2 · ReLU(W1 · h + b1) + b2). Attention is causal and has no
 * biases; its heads are consecutive slices of D.
 *
 * @param query    D → D
 * @param keyValue D → 2D, the keys, then the values
 * @param output   D → D
 * @param inner    D → 4D
 * @param outer    4D → D
 */
record SasRecBlock(int width, int heads, Dense query, Dense keyValue, Dense output, LayerNorm attentionNorm,
        Dense inner, Dense outer, LayerNorm feedforwardNorm) {

    /**
     * Replaces the states from token {@code first} on; earlier ones serve as keys and values only.
     *
     * @param states [n, D]
     */
    void apply(float[] states, int tokens, int first) {
        int rows = tokens - first;
        float[] attended = output.apply(attention(states, tokens, first), 0, rows);
        Kernels.add(1, attended, 0, states, first * width, rows * width);
        attentionNorm.apply(states, first, rows);
        float[] hidden = inner.apply(states, first, rows);                               // [m, 4D]
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        Kernels.add(1, outer.apply(hidden, 0, rows), 0, states, first * width, rows * width);
        feedforwardNorm.apply(states, first, rows);
    }

    /** The heads' contexts side by side for tokens {@code first}..n - 1, [m, D]. */
    private float[] attention(float[] states, int tokens, int first) {
        float[] queries = query.apply(states, first, tokens - first);                    // [m, D]
        float[] keysValues = keyValue.apply(states, 0, tokens);                          // [n, 2D]
        float[] contexts = new float[queries.length];
        float[] weights = new float[tokens];
        int slice = width / heads;
        float scale = (float) (1 / Math.sqrt(slice));
        for (int t = first; t < tokens; t++) {
            for (int head = 0; head < heads; head++) {
                int at = (t - first) * width + head * slice;
                for (int key = 0; key <= t; key++) {
                    weights[key] = scale
                            * Kernels.product(queries, at, keysValues, key * 2 * width + head * slice, slice);
                }
                softmax(weights, t + 1);
                for (int key = 0; key <= t; key++) {
                    int value = key * 2 * width + width + head * slice;
                    Kernels.add(weights[key], keysValues, value, contexts, at, slice);
                }
            }
        }
        return contexts;
    }

    private static void softmax(float[] weights, int count) {
        float largest = weights[0];
        for (int i = 1; i < count; i++) {
            largest = Math.max(largest, weights[i]);
        }
        float sum = 0;
        for (int i = 0; i < count; i++) {
            weights[i] = (float) Math.exp(weights[i] - largest);
            sum += weights[i];
        }
        for (int i = 0; i < count; i++) {
            weights[i] /= sum;
        }
    }
}
