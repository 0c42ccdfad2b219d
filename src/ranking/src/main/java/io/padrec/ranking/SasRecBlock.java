package io.padrec.ranking;

import java.util.Arrays;

/**
 * One post-norm block: h = LN(h + attention(h)); h = LN(h + W2 · ReLU(W1 · h + b1) + b2). Attention is causal and has no
 * biases; its heads are consecutive slices of D, here each padded to whole vectors.
 *
 * @param slice    padded width of a head
 * @param scale    1 / √(width of a head)
 * @param query    D → heads
 * @param keyValue D → the keys of all heads, then the values
 * @param output   heads → D
 * @param inner    D → 4D
 * @param outer    4D → D
 */
record SasRecBlock(int heads, int slice, float scale, Dense query, Dense keyValue, Dense output, LayerNorm attentionNorm,
        Dense inner, Dense outer, LayerNorm feedforwardNorm) {
    /** The size without its number of tokens. */
    Scratch.Size size() {
        return new Scratch.Size(0, output.outputs(), Math.max(query.outputs(), (keyValue.outputs() + 1) / 2), inner.outputs(), 0);
    }

    /**
     * Replaces the states [n, D] from token {@code first} on; earlier ones serve as keys and values only.
     */
    void apply(Kernels kernels, Scratch scratch, int tokens, int first) {
        int rows = tokens - first;
        float[] states = scratch.states;
        int width = output.outputs();
        attention(kernels, scratch, tokens, first);
        output.apply(kernels, scratch.contexts, 0, scratch.output, rows);
        kernels.add(1, scratch.output, 0, states, first * width, rows * width);
        attentionNorm.apply(kernels, states, first, rows);
        inner.apply(kernels, states, first * width, scratch.hidden, rows);              // [m, 4D]
        kernels.rectify(scratch.hidden, 0, rows * inner.outputs());
        outer.apply(kernels, scratch.hidden, 0, scratch.output, rows);
        kernels.add(1, scratch.output, 0, states, first * width, rows * width);
        feedforwardNorm.apply(kernels, states, first, rows);
    }

    /** The heads' contexts side by side for tokens {@code first}..n - 1, [m, heads]. */
    private void attention(Kernels kernels, Scratch scratch, int tokens, int first) {
        int stride = query.outputs();
        query.apply(kernels, scratch.states, first * output.outputs(), scratch.queries, tokens - first);
        keyValue.apply(kernels, scratch.states, 0, scratch.keysValues, tokens);         // [n, 2 heads]
        Arrays.fill(scratch.contexts, 0, (tokens - first) * stride, 0);
        for (int t = first; t < tokens; t++) {
            for (int head = 0; head < heads; head++) {
                attend(kernels, scratch, t, (t - first) * stride + head * slice, head * slice);
            }
        }
    }

    /**
     * @param at   where the token's query and context of the head begin
     * @param head where the head begins in a token's keys
     */
    private void attend(Kernels kernels, Scratch scratch, int token, int at, int head) {
        int stride = keyValue.outputs();
        float[] weights = scratch.weights;
        for (int key = 0; key <= token; key++) {
            weights[key] = scale * kernels.product(scratch.queries, at, scratch.keysValues, key * stride + head, slice);
        }
        softmax(weights, token + 1);
        for (int key = 0; key <= token; key++) {
            int value = key * stride + heads * slice + head;
            kernels.add(weights[key], scratch.keysValues, value, scratch.contexts, at, slice);
        }
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
