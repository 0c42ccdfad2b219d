package io.padrec.ranking;

import java.util.stream.IntStream;

/**
 * A linear layer y = x · Wᵀ + b. Its weights lie in panels of {@link Kernels#PANEL} outputs, [in, PANEL] each, so that a kernel
 * reads them one after another; inputs and outputs are padded with zeros to whole panels.
 */
final class Dense {
    private final int inputs;
    private final int outputs;
    private final float[] panels;
    private final float[] bias;

    private Dense(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.panels = new float[inputs * outputs];
        this.bias = new float[outputs];
    }

    static int padded(int width) {
        return (width + Kernels.PANEL - 1) / Kernels.PANEL * Kernels.PANEL;
    }

    /** The places 0, 1, .. of a vector that is padded at its end alone. */
    static int[] places(int width) {
        return IntStream.range(0, width).toArray();
    }

    /**
     * @param weights [out, in]
     * @param bias    [out]
     * @param from    where each input stands in x
     * @param to      where each output goes in y
     */
    static Dense of(float[] weights, float[] bias, int[] from, int paddedInputs, int[] to, int paddedOutputs) {
        Dense dense = new Dense(paddedInputs, paddedOutputs);
        dense.put(weights, from, to);
        for (int o = 0; o < to.length; o++) {
            dense.bias[to[o]] = bias[o];
        }
        return dense;
    }

    /** A layer without bias that two share: of the same inputs, the outputs of the one at {@code to}, of the other at {@code otherTo}. */
    static Dense joined(float[] weights, float[] other, int[] from, int paddedInputs, int[] to, int[] otherTo,
            int paddedOutputs) {
        Dense dense = new Dense(paddedInputs, paddedOutputs);
        dense.put(weights, from, to);
        dense.put(other, from, otherTo);
        return dense;
    }

    private void put(float[] weights, int[] from, int[] to) {
        for (int o = 0; o < to.length; o++) {
            int panel = to[o] / Kernels.PANEL * Kernels.PANEL;
            for (int i = 0; i < from.length; i++) {
                panels[panel * inputs + from[i] * Kernels.PANEL + to[o] - panel] = weights[o * from.length + i];
            }
        }
    }

    /** Padded number of outputs, the distance of y's rows. */
    int outputs() {
        return outputs;
    }

    /**
     * @param x    [.., in]
     * @param atX  where the first row begins
     * @param y    receives [rows, out]
     * @param rows number of rows
     */
    void apply(Kernels kernels, float[] x, int atX, float[] y, int rows) {
        kernels.dense(x, atX, panels, bias, inputs, outputs, y, rows);
    }
}
