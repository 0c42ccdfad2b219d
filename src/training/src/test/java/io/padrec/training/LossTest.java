package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LossTest {
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theSoftmaxLossIsTheCrossEntropyOfTheTargetAmongAllItemsButPadding() {
        float[] states = random(3 * 4, 1);
        float[] table = random(6 * 4, 2);
        int[] targets = {5, 1, 3};
        double expected = 0;
        for (int p = 0; p < 3; p++) {
            double sum = 0;
            for (int r = 1; r < 6; r++) {
                sum += Math.exp(dot(states, p, table, r));
            }
            expected -= (dot(states, p, table, targets[p]) - Math.log(sum)) / 3;
        }
        Loss.Value value = softmax(matrix(states, 3), matrix(table, 6));
        assertEquals(expected, value.value().getFloat(), 1e-5);
    }

    @Test
    void theSoftmaxLossHasTheGradientOfFiniteDifferences() {
        NDArray states = matrix(random(3 * 4, 3), 3);
        NDArray table = matrix(random(6 * 4, 4), 6);
        assertGradient(states, () -> softmax(states, table));
        assertGradient(table, () -> softmax(states, table));
    }

    private Loss.Value softmax(NDArray states, NDArray table) {
        return new SoftmaxLoss().of(states, table, manager.create(new int[] {5, 1, 3}), null, thirds());
    }

    @Test
    void theBceLossComparesTheNextItemWithOneSampledItem() {
        float[] states = random(3 * 4, 5);
        float[] table = random(6 * 4, 6);
        double expected = 0;
        for (int p = 0; p < 3; p++) {
            expected += (softplus(-dot(states, p, table, p + 1)) + softplus(dot(states, p, table, 5 - p))) / 3;
        }
        assertEquals(expected, bce(matrix(states, 3), matrix(table, 6)).value().getFloat(), 1e-5);
    }

    @Test
    void theBceLossHasTheGradientOfFiniteDifferences() {
        NDArray states = matrix(random(3 * 4, 7), 3);
        NDArray table = matrix(random(6 * 4, 8), 6);
        assertGradient(states, () -> bce(states, table));
        assertGradient(table, () -> bce(states, table));
    }

    private Loss.Value bce(NDArray states, NDArray table) {
        return new BceLoss().of(states, table, manager.create(new int[] {1, 2, 3}), manager.create(new int[] {5, 4, 3}),
                thirds());
    }

    private void assertGradient(NDArray of, Supplier<Loss.Value> loss) {
        float[] gradient = gradient(of, loss);
        float[] at = of.toFloatArray();
        for (int i = 0; i < at.length; i++) {
            float[] moved = at.clone();
            moved[i] = at[i] + 1e-2f;
            Parameters.assign(of, moved);
            double up = loss.get().value().getFloat();
            moved[i] = at[i] - 1e-2f;
            Parameters.assign(of, moved);
            double down = loss.get().value().getFloat();
            Parameters.assign(of, at);
            assertEquals((up - down) / 2e-2, gradient[i], 2e-3, "number " + i);
        }
    }

    private static float[] gradient(NDArray of, Supplier<Loss.Value> loss) {
        of.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss.get().surrogate());
        }
        try (NDArray gradient = of.getGradient()) {
            return gradient.toFloatArray();
        }
    }

    private NDArray thirds() {
        return manager.create(new float[] {1 / 3f, 1 / 3f, 1 / 3f});
    }

    private NDArray matrix(float[] data, int rows) {
        return manager.create(data, new Shape(rows, data.length / rows));
    }

    private static float[] random(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] data = new float[size];
        for (int i = 0; i < size; i++) {
            data[i] = (float) random.nextGaussian();
        }
        return data;
    }

    private static double dot(float[] a, int row, float[] b, int other) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += (double) a[row * 4 + i] * b[other * 4 + i];
        }
        return sum;
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }
}
