package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.padrec.core.Histories;
import io.padrec.core.LeaveOneOut;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LossTest {
    /** How often each item is a target. */
    private static final double[] SHARES = {1, 0.3, 0.2, 0.1, 0.35, 0.05};

    private static final int[] SHARED = {4, 2, 5, 4};

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
        double[] alike = {1, 1, 1, 1, 1, 1};
        Loss.Value value = softmax(matrix(states, 3), matrix(table, 6));
        assertEquals(crossEntropy(states, table, targets, alike), value.value().getFloat(), 1e-5);
    }

    /** Mean over three states of -log of the target's share of exp(score), each item's times its weight, padding left out. */
    private static double crossEntropy(float[] states, float[] table, int[] targets, double[] weights) {
        double mean = 0;
        for (int p = 0; p < 3; p++) {
            double sum = 0;
            for (int r = 1; r < 6; r++) {
                sum += weights[r] * Math.exp(dot(states, p, table, r));
            }
            mean -= (Math.log(weights[targets[p]]) + dot(states, p, table, targets[p]) - Math.log(sum)) / 3;
        }
        return mean;
    }

    @Test
    void theSoftmaxLossHasTheGradientOfFiniteDifferences() {
        NDArray states = matrix(random(3 * 4, 3), 3);
        NDArray table = matrix(random(6 * 4, 4), 6);
        assertGradient(states, () -> softmax(states, table));
        assertGradient(table, () -> softmax(states, table));
    }

    private Loss.Value softmax(NDArray states, NDArray table) {
        return new SoftmaxLoss(null).of(states, table, rows(), manager.create(new int[] {5, 1, 3}), null, thirds());
    }

    @Test
    void theAdjustedSoftmaxRaisesEachItemsScoreByItsOffset() {
        float[] states = random(3 * 4, 13);
        float[] table = random(6 * 4, 14);
        int[] targets = {5, 1, 3};
        assertEquals(crossEntropy(states, table, targets, SHARES), adjusted(matrix(states, 3), matrix(table, 6)).value().getFloat(), 1e-5);
    }

    @Test
    void theAdjustedSoftmaxHasTheGradientOfFiniteDifferences() {
        NDArray states = matrix(random(3 * 4, 15), 3);
        NDArray table = matrix(random(6 * 4, 16), 6);
        assertGradient(states, () -> adjusted(states, table));
        assertGradient(table, () -> adjusted(states, table));
    }

    private Loss.Value adjusted(NDArray states, NDArray table) {
        return new SoftmaxLoss(logShares()).of(states, table, rows(), manager.create(new int[] {5, 1, 3}), null, thirds());
    }

    @Test
    void theSampledSoftmaxTellsTheTargetFromTheBatchsOtherTargetsEachLessTheLogOfItsShare() {
        float[] states = random(3 * 4, 9);
        float[] table = random(6 * 4, 10);
        int[] targets = {5, 1, 5};
        double expected = 0;
        for (int p = 0; p < 3; p++) {
            double own = Math.exp(dot(states, p, table, targets[p])) / SHARES[targets[p]];
            double sum = own;
            for (int other : targets) {
                sum += other == targets[p] ? 0 : Math.exp(dot(states, p, table, other)) / SHARES[other];
            }
            expected -= Math.log(own / sum) / 3;
        }
        assertEquals(expected, sampled(matrix(states, 3), matrix(table, 6)).value().getFloat(), 1e-5);
    }

    @Test
    void theSampledSoftmaxHasTheGradientOfFiniteDifferences() {
        NDArray states = matrix(random(3 * 4, 11), 3);
        NDArray table = matrix(random(6 * 4, 12), 6);
        assertGradient(states, () -> sampled(states, table));
        assertGradient(table, () -> sampled(states, table));
    }

    private Loss.Value sampled(NDArray states, NDArray table) {
        NDArray targets = manager.create(new int[] {5, 1, 5});
        return new SampledSoftmaxLoss(logShares()).of(states, table, rows(), targets, targets, thirds());
    }

    private NDArray logShares() {
        float[] logs = new float[SHARES.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(SHARES[i]);
        }
        return matrix(logs, 6);
    }

    @Test
    void anItemsShareIsCountedOverTheTargetsOfTraining() {
        Histories histories = new Histories.Builder().add("a", 1, 2, 3, 9, 9).add("b", 2, 3, 9, 9).add("c", 1, 9, 9).build();
        // Two are held out; a's targets are 2 and 3, b's is 3, and c has none.
        float[] logShares = new Sampler(new LeaveOneOut(histories), new int[] {1, 2, 3}, 5).logShares(9);
        float never = (float) Math.log(0.5 / 3);
        assertArrayEquals(new float[] {0, never, (float) Math.log(1 / 3.0), (float) Math.log(2 / 3.0), never, never, never, never, never,
            never}, logShares, 1e-6f);
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
        return new BceLoss().of(states, table, rows(), manager.create(new int[] {1, 2, 3}),
                manager.create(new int[] {5, 4, 3}), thirds());
    }

    @Test
    void theGbceLossWeighsTheTargetByBetaAgainstNegativesThatAreNotTheTarget() {
        float[] states = random(3 * 4, 13);
        float[] table = random(6 * 4, 14);
        double alpha = 0.4;
        double beta = alpha * (0.75 * (1 - 1 / alpha) + 1 / alpha);
        double expected = 0;
        for (int p = 0; p < 3; p++) {
            expected += beta * softplus(-dot(states, p, table, p + 1)) / 3 / 5;
            for (int negative : SHARED) {
                expected += negative == p + 1 ? 0 : softplus(dot(states, p, table, negative)) / 3 / 5;
            }
        }
        assertEquals(expected, gbce(matrix(states, 3), matrix(table, 6)).value().getFloat(), 1e-5);
    }

    @Test
    void theGbceLossHasTheGradientOfFiniteDifferences() {
        NDArray states = matrix(random(3 * 4, 15), 3);
        NDArray table = matrix(random(6 * 4, 16), 6);
        assertGradient(states, () -> gbce(states, table));
        assertGradient(table, () -> gbce(states, table));
    }

    private Loss.Value gbce(NDArray states, NDArray table) {
        return new GbceLoss(0.4).of(states, table, rows(), manager.create(new int[] {1, 2, 3}), manager.create(SHARED), thirds());
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

    private Rows rows() {
        return new Rows(manager, new int[] {0, 1, 2, 3, 4, 5}, 6, false);
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
