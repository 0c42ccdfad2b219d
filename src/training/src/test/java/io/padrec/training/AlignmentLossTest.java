package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.padrec.training.Recipe.AlignmentKind;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every alignment loss against its formula written out pair by pair in double precision. */
class AlignmentLossTest {
    private static final int N = 6;
    private static final int D = 4;
    private static final double STEP = 1e-5;
    /** Constants are floats. */
    private static final double PRECISION = 1e-6;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theLossIsItsFormula(AlignmentKind kind) {
        double[][] x = random(1);
        double[][] y = random(2);
        double loss = AlignmentLoss.of(kind).of(matrix(x), matrix(y)).value().toDoubleArray()[0];
        assertEquals(formula(kind, meanDistance(x, y)).applyAsDouble(x, y), loss, PRECISION);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theGradientIsThatOfFiniteDifferencesWithTheMeanDistanceHeldStill(AlignmentKind kind) {
        double[][] x = random(3);
        double[][] y = random(4);
        NDArray left = matrix(x);
        NDArray right = matrix(y);
        left.setRequiresGradient(true);
        right.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(AlignmentLoss.of(kind).of(left, right).surrogate());
        }
        ToDoubleBiFunction<double[][], double[][]> formula = formula(kind, meanDistance(x, y));
        for (int i = 0; i < N; i++) {
            for (int d = 0; d < D; d++) {
                assertEquals(slope(x[i], d, () -> formula.applyAsDouble(x, y)), gradient(left)[i * D + d], PRECISION);
                assertEquals(slope(y[i], d, () -> formula.applyAsDouble(x, y)), gradient(right)[i * D + d], PRECISION);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void oneItemAloneHasAFiniteLossAndGradient(AlignmentKind kind) {
        NDArray left = manager.create(new float[] {1, -2, 0.5f, 0}, new Shape(1, D));
        left.setRequiresGradient(true);
        Loss.Value value;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            value = AlignmentLoss.of(kind).of(left, manager.ones(new Shape(1, D)));
            collector.backward(value.surrogate());
        }
        assertTrue(Float.isFinite(value.value().getFloat()));
        for (float slope : left.getGradient().toFloatArray()) {
            assertTrue(Float.isFinite(slope));
        }
    }

    @Test
    void mkMmdOfASetWithItselfIsNotPositiveAndGrowsAsTheSetsPart() {
        AlignmentLoss mmd = AlignmentLoss.of(AlignmentKind.MMD_GAUSSIAN_MULTI);
        double[][] x = random(5);
        double[][] far = Arrays.stream(x).map(row -> Arrays.stream(row).map(v -> v + 3).toArray()).toArray(double[][]::new);
        assertTrue(mmd.of(matrix(x), matrix(x)).value().toDoubleArray()[0] <= 0);
        assertTrue(mmd.of(matrix(x), matrix(far)).value().toDoubleArray()[0] > 0.5);
    }

    private static ToDoubleBiFunction<double[][], double[][]> formula(AlignmentKind kind, double mean) {
        return switch (kind) {
            case MMD_GAUSSIAN_MULTI -> radial(squared -> {
                double sum = 0;
                for (int j = -3; j <= 1; j++) {
                    sum += Math.exp(-squared / (2 * Math.pow(2, j) * mean));
                }
                return sum;
            });
            case MMD_GAUSSIAN_SINGLE -> radial(squared -> Math.exp(-squared / (2 * mean)));
            case MMD_LAPLACIAN -> radial(squared -> Math.exp(-Math.sqrt(squared / mean + 1e-6)));
            case MMD_LINEAR -> (x, y) -> mmd(x, y, AlignmentLossTest::dot);
            case MMD_COSINE -> (x, y) -> mmd(x, y, AlignmentLossTest::cosine);
            case INFONCE -> (x, y) -> (contrast(x, y) + contrast(y, x)) / 2;
            case MSE -> AlignmentLossTest::squaredError;
            case KL -> AlignmentLossTest::divergence;
            case NONE -> throw new IllegalArgumentException();
        };
    }

    private static ToDoubleBiFunction<double[][], double[][]> radial(DoubleUnaryOperator kernel) {
        return (x, y) -> mmd(x, y, (u, v) -> kernel.applyAsDouble(distance(u, v)));
    }

    private static double mmd(double[][] x, double[][] y, ToDoubleBiFunction<double[], double[]> kernel) {
        double sum = 0;
        for (int a = 0; a < N; a++) {
            for (int b = 0; b < N; b++) {
                if (a != b) {
                    sum += (kernel.applyAsDouble(x[a], x[b]) + kernel.applyAsDouble(y[a], y[b])) / (N * (N - 1));
                }
                sum -= 2 * kernel.applyAsDouble(x[a], y[b]) / (N * N);
            }
        }
        return sum;
    }

    private static double contrast(double[][] x, double[][] y) {
        double sum = 0;
        for (double[] u : x) {
            double all = Arrays.stream(y).mapToDouble(v -> Math.exp(cosine(u, v) / 0.1)).sum();
            sum -= Math.log(Math.exp(cosine(u, y[Arrays.asList(x).indexOf(u)]) / 0.1) / all) / N;
        }
        return sum;
    }

    private static double squaredError(double[][] x, double[][] y) {
        double sum = 0;
        for (int a = 0; a < N; a++) {
            sum += distance(x[a], y[a]) / (N * D);
        }
        return sum;
    }

    private static double divergence(double[][] x, double[][] y) {
        double sum = 0;
        for (int a = 0; a < N; a++) {
            for (int d = 0; d < D; d++) {
                double p = share(x[a], d);
                sum += p * Math.log(p / share(y[a], d)) / N;
            }
        }
        return sum;
    }

    private static double share(double[] u, int d) {
        return Math.exp(u[d]) / Arrays.stream(u).map(Math::exp).sum();
    }

    private static double meanDistance(double[][] x, double[][] y) {
        double total = 0;
        for (int a = 0; a < N; a++) {
            for (int b = 0; b < N; b++) {
                total += distance(x[a], x[b]) + distance(y[a], y[b]) + 2 * distance(x[a], y[b]);
            }
        }
        return total / (2 * N * (2 * N - 1));
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int d = 0; d < D; d++) {
            sum += u[d] * v[d];
        }
        return sum;
    }

    private static double cosine(double[] u, double[] v) {
        return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
    }

    private static double distance(double[] u, double[] v) {
        return dot(u, u) + dot(v, v) - 2 * dot(u, v);
    }

    private static double slope(double[] row, int d, java.util.function.DoubleSupplier value) {
        double at = row[d];
        row[d] = at + STEP;
        double up = value.getAsDouble();
        row[d] = at - STEP;
        double down = value.getAsDouble();
        row[d] = at;
        return (up - down) / (2 * STEP);
    }

    private static double[] gradient(NDArray of) {
        try (NDArray gradient = of.getGradient()) {
            return gradient.toDoubleArray();
        }
    }

    private NDArray matrix(double[][] rows) {
        return manager.create(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray(), new Shape(rows.length, D));
    }

    private static double[][] random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return java.util.stream.IntStream.range(0, N)
                .mapToObj(i -> java.util.stream.IntStream.range(0, D).mapToDouble(d -> random.nextGaussian()).toArray())
                .toArray(double[][]::new);
    }
}
