package io.padrec.ranking;

import java.util.Arrays;

/**
 * A linear layer y = x · Wᵀ + b. The weights lie transposed, [in, out], so that the innermost loop runs over outputs side by
 * side: adding whole rows vectorises, summing up one output does not (float addition may not be reordered).
 */
final class Dense {
    private final int inputs;
    private final int outputs;
    private final float[] weights;
    private final float[] bias;

    private Dense(int inputs, int outputs, float[] weights, float[] bias) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.weights = weights;
        this.bias = bias;
    }

    /**
     * @param weights [out, in]
     * @param bias    [out]
     */
    static Dense of(int inputs, int outputs, float[] weights, float[] bias) {
        return new Dense(inputs, outputs, transposed(inputs, outputs, weights), bias);
    }

    /** A layer without bias whose outputs are those of {@code first}, then those of {@code second}; weights [out, in] each. */
    static Dense joined(int inputs, int outputs, float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return of(inputs, 2 * outputs, both, new float[2 * outputs]);
    }

    private static float[] transposed(int inputs, int outputs, float[] weights) {
        float[] transposed = new float[weights.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                transposed[i * outputs + o] = weights[o * inputs + i];
            }
        }
        return transposed;
    }

    /**
     * @param x     [.., in]
     * @param first first row of x to take
     * @param rows  number of rows
     * @return [rows, out]
     */
    float[] apply(float[] x, int first, int rows) {
        float[] y = new float[rows * outputs];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(bias, 0, y, r * outputs, outputs);
        }
        int i = 0;
        for (; i + 4 <= inputs; i += 4) {
            fourInputs(x, first * inputs + i, i * outputs, y, rows);
        }
        for (; i < inputs; i++) {
            for (int r = 0; r < rows; r++) {
                Kernels.add(x[(first + r) * inputs + i], weights, i * outputs, y, r * outputs, outputs);
            }
        }
        return y;
    }

    private void fourInputs(float[] x, int atX, int atW, float[] y, int rows) {
        int r = 0;
        for (; r + 2 <= rows; r += 2) {
            int at = atX + r * inputs;
            Kernels.fourInputsTwice(x, at, at + inputs, weights, atW, y, r * outputs, outputs);
        }
        if (r < rows) {
            Kernels.fourInputs(x, atX + r * inputs, weights, atW, y, r * outputs, outputs);
        }
    }
}
