package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.padrec.core.Json;
import io.padrec.core.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every backbone must hold. A new one is tested by naming it. */
abstract class BackboneContract {
    static final int WIDTH = 8;
    static final int LENGTH = 5;
    private static final int ITEMS = 9;
    private static final float SAME = 1e-5f;
    private static final double STEP = 1e-5;

    private final NDManager manager = NDManager.newBaseManager();
    private Parameters parameters;
    private Expert expert;

    abstract Backbone backbone();

    @BeforeEach
    void create() {
        parameters = new Parameters(manager, 7);
        expert = new Expert("x", new ItemVectors.Ids(ITEMS, WIDTH, new int[] {0}), backbone());
        expert.create(parameters);
        parameters.normal("x.ids", 1, ITEMS + 1, WIDTH);
        parameters.zeroRows("x.ids", 0);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aStateDependsOnItsOwnAndEarlierItemsAlone() {
        float[][] one = states(true, new int[] {1, 2, 3, 4});
        float[][] other = states(true, new int[] {1, 2, 8, 9});
        // The same tokens stand at the same positions, so the first two states are the same and the others are not.
        assertArrayEquals(one[0], other[0], SAME);
        assertArrayEquals(one[1], other[1], SAME);
        assertFalse(Arrays.equals(one[2], other[2]));
    }

    @Test
    void aStateLooksBackAtEarlierItems() {
        assertFalse(Arrays.equals(states(true, new int[] {1, 2, 3})[2], states(true, new int[] {4, 2, 3})[2]));
    }

    @Test
    void aBatchGivesEachUserTheStatesThatTheUserHasAlone() {
        int[][] users = {{1, 2, 3, 4, 5}, {6}, {7, 8}};
        float[][] together = states(true, users);
        int token = 0;
        for (int[] user : users) {
            for (float[] state : states(true, user)) {
                assertArrayEquals(state, together[token++], SAME);
            }
        }
    }

    @Test
    void packingChangesNoState() {
        int[][] users = {{1, 2, 3}, {6}, {7, 8, 9, 1}};
        float[][] packed = states(true, users);
        float[][] padded = states(false, users);
        int token = 0;
        for (int u = 0; u < users.length; u++) {
            for (int t = 0; t < users[u].length; t++) {
                int slot = u * LENGTH + LENGTH - users[u].length + t;
                assertArrayEquals(packed[token++], padded[slot], SAME);
            }
        }
    }

    @Test
    void whatStandsInThePaddingDoesNotLeak() {
        float[][] before = states(false, new int[] {1, 2});
        float[] ids = parameters.get("x.ids").toFloatArray();
        Arrays.fill(ids, 0, WIDTH, 5);
        Parameters.assign(parameters.get("x.ids"), ids);
        float[][] after = states(false, new int[] {1, 2});
        assertArrayEquals(before[LENGTH - 1], after[LENGTH - 1], SAME);
    }

    @Test
    void everyWeightHasTheGradientOfFiniteDifferences() {
        int[][] users = {{1, 2, 3}, {4, 5}};
        // In double precision, so that a small step neither drowns in rounding nor crosses a kink; and not at the beginning, where
        // biases are zero and padding lies on the kink itself.
        parameters.all().replaceAll((name, array) -> manager.arange((float) array.size()).cos().mul(0.1f)
                .reshape(array.getShape()).add(array).toType(DataType.FLOAT64, true));
        parameters.all().values().forEach(array -> array.setRequiresGradient(true));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss(users));
        }
        parameters.all().forEach((name, array) -> {
            try (NDArray gradient = array.getGradient()) {
                double[] found = gradient.toDoubleArray();
                int step = Math.max(1, found.length / 5);
                for (int i = 0; i < found.length; i += step) {
                    double slope = (lossAt(array, i, STEP, users) - lossAt(array, i, -STEP, users)) / (2 * STEP);
                    assertEquals(slope, found[i], 1e-7 + 1e-6 * Math.abs(slope), name + " number " + i);
                }
            }
        });
    }

    @Test
    void aGarbageCollectionBetweenTheForwardAndTheBackwardPassChangesNoGradient() {
        assertArrayEquals(gradientOfIds(() -> {
        }), gradientOfIds(BackboneContract::collectGarbageAndReuseItsMemory));
    }

    private float[] gradientOfIds(Runnable beforeBackward) {
        NDArray ids = parameters.get("x.ids");
        try (NDScope scope = new NDScope(); GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            scope.suppressNotUsedWarning();
            NDArray loss = loss(new int[][] {{1, 2, 3}, {4, 5}});
            beforeBackward.run();
            collector.backward(loss);
        }
        try (NDArray gradient = ids.getGradient()) {
            float[] numbers = gradient.toFloatArray();
            gradient.muli(0f);
            return numbers;
        }
    }

    private static void collectGarbageAndReuseItsMemory() {
        List<ByteBuffer> reused = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            System.gc();
            for (int i = 0; i < 20_000; i++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder());
                reused.add(buffer.putFloat(0, 1e9f));
            }
        }
    }

    /** The loss where number {@code i} of a weight is moved. */
    private double lossAt(NDArray array, int i, double move, int[][] users) {
        double[] moved = new double[Math.toIntExact(array.size())];
        moved[i] = move;
        try (NDArray moves = manager.create(moved, array.getShape())) {
            array.addi(moves);
            double loss = loss(users).getDouble();
            array.subi(moves);
            return loss;
        }
    }

    /** A smooth function of all states that is not symmetric in their numbers. */
    private NDArray loss(int[][] users) {
        NDArray states = stateArray(true, users);
        return states.mul(manager.arange(0f, WIDTH, 1f).div(WIDTH)).sin().sum();
    }

    @Test
    void itsDescriptionAndItsExportedWeightsMakeTheSameEncoder() {
        float[][] before = states(true, new int[] {1, 2, 3});
        Map<String, Tensor> saved = parameters.save("");
        Map<String, Object> described = Json.parseObject(Json.write(backbone().describe()));
        described.put("name", "x");
        Backbone again = Towers.finished(described, ITEMS).backbone();
        assertEquals(backbone(), again);
        parameters = new Parameters(manager, 8);
        expert = new Expert("x", new ItemVectors.Ids(ITEMS, WIDTH, new int[] {0}), again);
        expert.create(parameters);
        parameters.load(saved, "");
        assertArrayEquals(before, states(true, new int[] {1, 2, 3}));
    }

    private float[][] states(boolean packed, int[]... users) {
        NDArray states = stateArray(packed, users);
        float[] flat = states.toFloatArray();
        float[][] rows = new float[flat.length / WIDTH][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = Arrays.copyOfRange(flat, r * WIDTH, (r + 1) * WIDTH);
        }
        return rows;
    }

    private NDArray stateArray(boolean packed, int[]... users) {
        return expert.states(parameters, parameters.get("x.ids"), new Batch(manager, users, LENGTH, packed), 0);
    }
}
