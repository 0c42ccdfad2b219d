package io.padrec.ranking;

import java.util.Arrays;

/**
 * One expert: item vectors and the encoder over them.
 *
 * @param items [N + 1, D], row 0 (padding) zero; the encoder's input and the candidates alike
 */
record Expert(String name, float[] items, int width, Encoder encoder) {
    float[] encode(int[] history) {
        return encoder.encode(items, history);
    }

    /** The item's vector [D], a copy. */
    float[] vector(int item) {
        return Arrays.copyOfRange(items, item * width, (item + 1) * width);
    }

    float product(float[] query, int item) {
        return Kernels.product(query, 0, items, item * width, width);
    }
}
