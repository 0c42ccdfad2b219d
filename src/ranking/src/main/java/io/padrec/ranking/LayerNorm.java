package io.padrec.ranking;

import java.util.Arrays;

/**
 * Layer normalisation over the last axis, with the biased variance.
 *
 * @param weight [D, padded with zeros], as is {@code bias}
 */
record LayerNorm(int width, float[] weight, float[] bias) {
    private static final float EPSILON = 1e-6f;

    /** @param weight [D] */
    static LayerNorm of(float[] weight, float[] bias) {
        int padded = Dense.padded(weight.length);
        return new LayerNorm(weight.length, Arrays.copyOf(weight, padded), Arrays.copyOf(bias, padded));
    }

    /** The one whose tensors are {@code name.weight} and {@code name.bias}. */
    static LayerNorm read(Tensors tensors, String name, int width) {
        return of(tensors.floats(name + ".weight", width), tensors.floats(name + ".bias", width));
    }

    /** Normalises {@code rows} rows of x from row {@code first} on, in place. */
    void apply(Kernels kernels, float[] x, int first, int rows) {
        for (int r = first; r < first + rows; r++) {
            kernels.normalise(x, r * weight.length, width, weight, bias, EPSILON);
        }
    }
}
