package io.padrec.ranking;

import java.util.ArrayList;
import java.util.List;

/**
 * How an expert makes an item's vector of its text features alone (PAD, sections 3 and 4), the item's id vector being zero, as
 * it is for an item that nobody has bought yet.
 *
 * @param layers linear layers, each followed by GELU where it has a bias; none where the features are the vector
 * @param width  of the vector; all zero where {@code layers} is null, for an expert that knows ids alone
 */
record TextProjection(List<Layer> layers, int width) {
    /** @param weights [out, in]; {@code bias} null for a linear map without GELU after it */
    record Layer(float[] weights, float[] bias, int in) {
        private float[] apply(float[] x) {
            float[] y = new float[weights.length / in];
            for (int o = 0; o < y.length; o++) {
                double sum = bias == null ? 0 : bias[o];
                for (int i = 0; i < in; i++) {
                    sum += (double) weights[o * in + i] * x[i];
                }
                y[o] = (float) (bias == null ? sum : gelu(sum));
            }
            return y;
        }
    }

    /**
     * @param prefix   the expert's, in the bundle
     * @param width    of the expert's vectors
     * @param features width of the text features, or 0 where the bundle does not say
     * @param hasIds   the bundle has trained ids of the expert
     * @return null where the bundle does not hold what makes the expert's vectors
     */
    static TextProjection of(Tensors tensors, String prefix, int width, int features, boolean hasIds) {
        String first = prefix + "projection.0.weight";
        if (!tensors.has(first)) {
            return hasIds ? new TextProjection(null, width) : width == features ? new TextProjection(List.of(), width) : null;
        }
        int[] shape = tensors.shape(first);
        int in = shape.length == 2 ? shape[1] : 0;
        List<Layer> layers = new ArrayList<>();
        for (int m = 0; tensors.has(prefix + "projection." + m + ".weight"); m++) {
            String layer = prefix + "projection." + m + ".";
            float[] bias = tensors.has(layer + "bias") ? tensors.floats(layer + "bias", width) : null;
            layers.add(new Layer(tensors.floats(layer + "weight", width, in), bias, in));
            in = width;
        }
        if (tensors.has(prefix + "fusion.weight")) {
            float[] bias = tensors.has(prefix + "fusion.bias") ? tensors.floats(prefix + "fusion.bias", width) : null;
            layers.add(new Layer(textHalf(tensors.floats(prefix + "fusion.weight", width, 2 * width), width), bias, width));
        }
        return new TextProjection(layers, width);
    }

    /** Of W [D, 2D] over [id; text] the columns that the text meets. */
    private static float[] textHalf(float[] weights, int width) {
        float[] half = new float[width * width];
        for (int o = 0; o < width; o++) {
            System.arraycopy(weights, (2 * o + 1) * width, half, o * width, width);
        }
        return half;
    }

    /** Width of the features that it takes; 0 where it takes none. */
    int in() {
        return layers == null ? 0 : layers.isEmpty() ? width : layers.getFirst().in;
    }

    float[] of(float[] features) {
        if (layers == null) {
            return new float[width];
        }
        float[] vector = features;
        for (Layer layer : layers) {
            vector = layer.apply(vector);
        }
        return vector;
    }

    private static double gelu(double x) {
        return x / 2 * (1 + erf(x / Math.sqrt(2)));
    }

    /** The error function by its series of positive terms, erf(x) = 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)). */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = 0;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
