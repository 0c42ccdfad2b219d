package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.padrec.training.Recipe.Fusion;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdDropoutTest {
    private static final int WIDTH = 4;
    private static final int STEPS = 2000;
    private static final float[] ABSENCE = {1, 0, 0.25f, 0.8f};

    private final NDManager manager = NDManager.newBaseManager();
    private final Parameters parameters = new Parameters(manager, 1);
    private final Rows rows = new Rows(manager, new int[] {0, 1, 2, 3}, 4, false);
    private final NDArray text = manager.ones(new Shape(4, 3));
    private final ItemVectors dropping = items(manager.create(ABSENCE, new Shape(4, 1)));

    IdDropoutTest() {
        dropping.create(parameters, "");
        Engine.getInstance().setRandomSeed(7);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aTrainingStepLeavesAnItemsIdOutAsOftenAsItsRateSaysAndThenItIsItsTextAlone() {
        int[] absent = new int[4];
        for (int step = 0; step < STEPS; step++) {
            // So little dropout that no activation goes.
            ItemVectors.Vectors vectors = dropping.of(parameters, "", rows, Float.MIN_VALUE);
            for (int i = 1; i < 4; i++) {
                float[] item = vectors.items().get(i).toFloatArray();
                if (Arrays.equals(vectors.projected().get(i).toFloatArray(), item)) {
                    absent[i]++;
                } else {
                    assertArrayEquals(vectors.ids().add(vectors.projected()).get(i).toFloatArray(), item);
                }
            }
        }
        for (int i = 1; i < 4; i++) {
            assertEquals(ABSENCE[i], absent[i] / (double) STEPS, 0.04, "item " + i);
        }
    }

    @Test
    void whatIsServedHasAllIds() {
        assertArrayEquals(items(null).of(parameters, "", rows, 0).items().toFloatArray(),
                dropping.of(parameters, "", rows, 0).items().toFloatArray());
    }

    private ItemVectors items(NDArray absence) {
        return new ItemVectors.Fused(3, new int[] {0}, absence, text, WIDTH, 0, Fusion.SUM);
    }
}
