package io.padrec.training;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * PCA whitening: centred on the items' mean, rotated onto the covariance's principal axes and scaled to variance 1 along
 * each, then brought to unit length. Language models' vectors share a few dominant directions that say nothing about which
 * items differ; whitening takes those away (Su et al., 2021).
 *
 * @param mean   [T]
 * @param matrix [W, T], row by row, most important axis first
 */
record Whitening(float[] mean, float[] matrix, int width) {
    /** Most axes that are kept: what lies beyond is noise, and wide language models have thousands. */
    private static final int MOST = 512;
    /** Axes with less than this share of the largest variance are noise and are not blown up. */
    private static final double SMALLEST = 1e-6;

    /**
     * @param text  vectors [N + 1, T]; row 0 (padding) does not count
     * @param in    T
     */
    static Whitening fit(float[] text, int in) {
        int width = Math.min(in, MOST);
        int items = text.length / in - 1;
        double[] mean = new double[in];
        for (int i = 1; i <= items; i++) {
            for (int t = 0; t < in; t++) {
                mean[t] += text[i * in + t] / (double) items;
            }
        }
        double[] covariance = new double[in * in];
        double[] centred = new double[in];
        for (int i = 1; i <= items; i++) {
            for (int t = 0; t < in; t++) {
                centred[t] = text[i * in + t] - mean[t];
            }
            for (int a = 0; a < in; a++) {
                for (int b = 0; b < in; b++) {
                    covariance[a * in + b] += centred[a] * centred[b] / items;
                }
            }
        }
        var decomposition = DecompositionFactory_DDRM.eig(in, true, true);
        if (!decomposition.decompose(DMatrixRMaj.wrap(in, in, covariance))) {
            throw new IllegalStateException("the text vectors' covariance has no eigenvalue decomposition");
        }
        int[] order = java.util.stream.IntStream.range(0, in).boxed()
                .sorted(java.util.Comparator.comparingDouble((Integer i) -> -decomposition.getEigenvalue(i).real))
                .mapToInt(Integer::intValue).toArray();
        double largest = decomposition.getEigenvalue(order[0]).real;
        float[] matrix = new float[width * in];
        for (int w = 0; w < width; w++) {
            double variance = decomposition.getEigenvalue(order[w]).real;
            double scale = variance > SMALLEST * largest ? 1 / Math.sqrt(variance) : 0;
            DMatrixRMaj axis = decomposition.getEigenVector(order[w]);
            // An eigenvector's sign is arbitrary: fixed here, so that equal text gives equal features everywhere.
            double sign = 0;
            for (int t = 0; t < in; t++) {
                sign = Math.abs(axis.get(t)) > Math.abs(sign) ? axis.get(t) : sign;
            }
            for (int t = 0; t < in; t++) {
                matrix[w * in + t] = (float) (axis.get(t) * scale * Math.signum(sign));
            }
        }
        float[] floats = new float[in];
        for (int t = 0; t < in; t++) {
            floats[t] = (float) mean[t];
        }
        return new Whitening(floats, matrix, width);
    }

    /**
     * @param text vectors [R, T]
     * @return whitened vectors of unit length [R, W]; a vector that is zero all over stays zero
     */
    float[] apply(float[] text) {
        int in = mean.length;
        int rows = text.length / in;
        float[] out = new float[rows * width];
        float[] centred = new float[in];
        for (int r = 0; r < rows; r++) {
            boolean empty = true;
            for (int t = 0; t < in; t++) {
                empty &= text[r * in + t] == 0;
                centred[t] = text[r * in + t] - mean[t];
            }
            if (empty) {
                continue;
            }
            double squares = 0;
            for (int w = 0; w < width; w++) {
                float sum = 0;
                for (int t = 0; t < in; t++) {
                    sum += matrix[w * in + t] * centred[t];
                }
                out[r * width + w] = sum;
                squares += (double) sum * sum;
            }
            float length = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
            for (int w = 0; w < width; w++) {
                out[r * width + w] *= length;
            }
        }
        return out;
    }
}
