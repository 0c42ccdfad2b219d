package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
    /** Up to this width the covariance is decomposed whole; beyond it that would take minutes. */
    private static final int WHOLE = 1024;
    private static final int SPARE_AXES = 128;
    private static final int ITERATIONS = 4;
    /** Below this share of the largest, a direction of the iterated subspace is rounding noise. */
    private static final double INDEPENDENT = 1e-13;

    /**
     * @param text vectors [N + 1, T]; row 0 (padding) does not count
     * @param in   T
     */
    static Whitening fit(NDManager manager, float[] text, int in) {
        return fit(manager, text, in, WHOLE);
    }

    static Whitening fit(NDManager manager, float[] text, int in, int whole) {
        int items = text.length / in - 1;
        float[] mean = mean(text, in, items);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray centred = manager.create(Arrays.copyOfRange(text, in, text.length), new Shape(items, in))
                    .sub(manager.create(mean));                                                  // [N, T]
            NDArray basis = in <= whole ? manager.eye(in) : leading(centred, Math.min(in, MOST + SPARE_AXES));
            NDArray seen = centred.matMul(basis);                                                // [N, A]
            Axes axes = Axes.of(seen.transpose().matMul(seen).div((float) items));
            int width = Math.min(in, MOST);
            float[] rotated = manager.create(floats(axes.scaled(width, SMALLEST)), new Shape(width, basis.getShape().get(1)))
                    .matMul(basis.transpose()).toFloatArray();                                   // [W, T]
            return new Whitening(mean, withFixedSigns(rotated, in), width);
        }
    }

    private static float[] mean(float[] text, int in, int items) {
        double[] sum = new double[in];
        for (int i = in; i < text.length; i++) {
            sum[i % in] += text[i];
        }
        float[] mean = new float[in];
        for (int t = 0; t < in; t++) {
            mean[t] = (float) (sum[t] / items);
        }
        return mean;
    }

    /**
     * An orthonormal basis [T, A] of about the A leading axes: subspace iteration from random directions (Halko, Martinsson
     * and Tropp, 2011), made orthonormal through the eigenvectors of its A x A products.
     */
    private static NDArray leading(NDArray centred, int axes) {
        NDManager manager = centred.getManager();
        int in = Math.toIntExact(centred.getShape().get(1));
        SplittableRandom random = new SplittableRandom(in);
        float[] start = new float[in * axes];
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) random.nextGaussian();
        }
        NDArray basis = manager.create(start, new Shape(in, axes));
        for (int i = 0; i < ITERATIONS; i++) {
            NDArray image = centred.transpose().matMul(centred.matMul(basis)).toType(DataType.FLOAT64, false);
            Axes products = Axes.of(image.transpose().matMul(image));
            NDArray rotation = manager.create(products.scaled(axes, INDEPENDENT), new Shape(axes, axes)).transpose();
            basis = image.matMul(rotation).toType(DataType.FLOAT32, false);
        }
        return basis;
    }

    /** Eigenvectors of a symmetric matrix, largest eigenvalue first. */
    private record Axes(double[] variances, double[][] vectors) {
        static Axes of(NDArray symmetric) {
            int n = Math.toIntExact(symmetric.getShape().get(0));
            double[] data = symmetric.toType(DataType.FLOAT64, false).toDoubleArray();
            var decomposition = DecompositionFactory_DDRM.eig(n, true, true);
            if (!decomposition.decompose(DMatrixRMaj.wrap(n, n, data))) {
                throw new IllegalStateException("the text vectors' covariance has no eigenvalue decomposition");
            }
            int[] order = IntStream.range(0, n).boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -decomposition.getEigenvalue(i).real))
                    .mapToInt(Integer::intValue).toArray();
            return new Axes(Arrays.stream(order).mapToDouble(i -> decomposition.getEigenvalue(i).real).toArray(),
                    Arrays.stream(order).mapToObj(i -> decomposition.getEigenVector(i).getData()).toArray(double[][]::new));
        }

        /** The first axes, each over its standard deviation, row by row; those with less than {@code smallest} of the first's variance zero. */
        double[] scaled(int count, double smallest) {
            int n = vectors.length;
            double[] rows = new double[count * n];
            for (int a = 0; a < count; a++) {
                double scale = variances[a] > smallest * variances[0] ? 1 / Math.sqrt(variances[a]) : 0;
                for (int i = 0; i < n; i++) {
                    rows[a * n + i] = vectors[a][i] * scale;
                }
            }
            return rows;
        }
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /** An axis' sign is arbitrary: fixed by its largest number, so that equal text gives equal features everywhere. */
    private static float[] withFixedSigns(float[] rows, int in) {
        for (int from = 0; from < rows.length; from += in) {
            float largest = 0;
            for (int t = 0; t < in; t++) {
                largest = Math.abs(rows[from + t]) > Math.abs(largest) ? rows[from + t] : largest;
            }
            for (int t = 0; t < in && largest < 0; t++) {
                rows[from + t] = -rows[from + t];
            }
        }
        return rows;
    }

    /**
     * @param text vectors [R, T]
     * @return whitened vectors of unit length [R, W]; a vector that is zero all over stays zero
     */
    float[] apply(NDManager manager, float[] text) {
        int in = mean.length;
        float[] out;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray rotated = manager.create(text, new Shape(text.length / in, in)).sub(manager.create(mean))
                    .matMul(manager.create(matrix, new Shape(width, in)).transpose());
            out = rotated.div(rotated.square().sum(new int[] {1}, true).sqrt().maximum(1e-12f)).toFloatArray();
        }
        for (int r = 0; r < text.length / in; r++) {
            boolean empty = true;
            for (int t = 0; t < in && empty; t++) {
                empty = text[r * in + t] == 0;
            }
            if (empty) {
                Arrays.fill(out, r * width, (r + 1) * width, 0);
            }
        }
        return out;
    }
}
