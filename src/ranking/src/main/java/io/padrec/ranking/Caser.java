package io.padrec.ranking;

import java.util.Arrays;

/**
 * The Caser encoder (Tang and Wang, 2018) over the window of the newest items, zeros before a shorter history: horizontal
 * filters at all their places are one dense layer, ReLU'd and max-pooled; vertical ones are weighted sums of the items; a dense
 * layer and LayerNorm make the state of both.
 *
 * @param length     L, the longest history seen
 * @param window     newest items that the filters see
 * @param horizontal filters of each height 1..window
 * @param weights    of the vertical filters, [V, window]
 * @param filters    window → the filters of each height at each of their places
 * @param output     vertical sums, each padded to whole panels, then the pooled filters → D
 */
record Caser(int width, int length, int window, int horizontal, float[] weights, Dense filters, Dense output,
        LayerNorm norm) implements Encoder {

    static Caser read(Manifest.Expert expert, Tensors tensors, int width, int length) {
        int window = expert.count("window");
        int horizontal = expert.count("horizontal");
        int vertical = expert.count("vertical");
        String prefix = expert.prefix();
        int padded = Dense.padded(width);
        int pooled = horizontal * window;
        int[] features = Dense.places(vertical * width + pooled);
        Arrays.setAll(features, f -> f < vertical * width ? f / width * padded + f % width
                : vertical * padded + f - vertical * width);
        return new Caser(width, length, window, horizontal, tensors.floats(prefix + "vertical", vertical, window),
                filters(tensors, prefix + "horizontal.", width, window, horizontal),
                Dense.of(tensors.floats(prefix + "output.weight", width, vertical * width + pooled),
                        tensors.floats(prefix + "output.bias", width), features, Dense.padded(vertical * padded + pooled),
                        Dense.places(width), padded),
                LayerNorm.read(tensors, prefix + "norm", width));
    }

    /** The filters of all heights, one place after the other, as rows over the whole window: zeros but where they lie. */
    private static Dense filters(Tensors tensors, String prefix, int width, int window, int horizontal) {
        int padded = Dense.padded(width);
        int rows = horizontal * window * (window + 1) / 2;
        float[] weights = new float[rows * window * width];
        float[] biases = new float[rows];
        int row = 0;
        for (int height = 1; height <= window; height++) {
            float[] weight = tensors.floats(prefix + height + ".weight", horizontal, height * width);
            float[] bias = tensors.floats(prefix + height + ".bias", horizontal);
            for (int place = 0; place <= window - height; place++) {
                for (int f = 0; f < horizontal; f++, row++) {
                    System.arraycopy(weight, f * height * width, weights, (row * window + place) * width, height * width);
                    biases[row] = bias[f];
                }
            }
        }
        int[] items = Dense.places(window * width);
        Arrays.setAll(items, i -> i / width * padded + i % width);
        return Dense.of(weights, biases, items, window * padded, Dense.places(rows), Dense.padded(rows));
    }

    private int vertical() {
        return weights.length / window;
    }

    private int features() {
        return Dense.padded(vertical() * output.outputs() + horizontal * window);
    }

    @Override
    public Scratch.Size size() {
        return new Scratch.Size(window, output.outputs(), Math.ceilDiv(filters.outputs(), window),
                Math.ceilDiv(features(), window), 0);
    }

    @Override
    public void encode(Kernels kernels, Items.View items, int expert, int[] history, Scratch scratch, float[] user, int at) {
        int tokens = Math.min(Math.min(window, length), history.length);
        int padded = output.outputs();
        float[] vectors = scratch.states;                                              // [w, D]
        Arrays.fill(vectors, 0, window * padded, 0);
        for (int t = 0; t < tokens; t++) {
            items.read(history[history.length - tokens + t], expert, vectors, (window - tokens + t) * padded);
        }
        float[] features = scratch.hidden;
        Arrays.fill(features, 0, features(), 0);
        for (int v = 0; v < vertical(); v++) {
            for (int t = window - tokens; t < window; t++) {
                kernels.add(weights[v * window + t], vectors, t * padded, features, v * padded, padded);
            }
        }
        filters.apply(kernels, vectors, 0, scratch.queries, 1);
        pool(scratch.queries, features, vertical() * padded);
        output.apply(kernels, features, 0, scratch.output, 1);
        norm.apply(kernels, scratch.output, 0, 1);
        System.arraycopy(scratch.output, 0, user, at, width);
        Arrays.fill(user, at + width, at + Kernels.padded(width), 0);
    }

    /** The largest of each filter over its places. {@code to} holds zeros, so that ReLU is in it. */
    private void pool(float[] found, float[] to, int at) {
        int row = 0;
        for (int height = 1; height <= window; height++) {
            for (int place = 0; place <= window - height; place++) {
                for (int f = 0; f < horizontal; f++, row++) {
                    int feature = at + (height - 1) * horizontal + f;
                    to[feature] = Math.max(to[feature], found[row]);
                }
            }
        }
    }
}
