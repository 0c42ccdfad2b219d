package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.padrec.core.Bundle;
import io.padrec.core.Snapshot;
import io.padrec.training.testing.TinySnapshot;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NullSpaceTest {
    private static final int ITEMS = 5;
    private static final int WITHOUT_ID = 3;
    private static final int WIDTH = 16;
    private static final Progress SILENT = step -> {
    };

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} axes")
    @ValueSource(ints = {4, 12})
    void anItemIsItsLeadingTextAxesAndAnIdThatSharesNoDirectionWithThem(int axes) {
        try (NDManager manager = NDManager.newBaseManager()) {
            int textual = Math.min(axes, WIDTH / 2);
            NDArray features = manager.arange(1f, 1f + (ITEMS + 1) * axes).reshape(new Shape(ITEMS + 1, axes));
            ItemVectors items = new ItemVectors.NullSpace(ITEMS, new int[] {0, WITHOUT_ID}, features, WIDTH);
            Parameters parameters = new Parameters(manager, 1);
            items.create(parameters, "");
            ItemVectors.Vectors vectors = items.of(parameters, "", new Rows(manager, new int[] {0, 1, 2, 3, 4, 5}, 6, false), 0);

            assertEquals(0, vectors.ids().mul(vectors.projected()).abs().sum().getFloat());
            for (int i = 1; i <= ITEMS; i++) {
                float[] item = vectors.items().get(i).toFloatArray();
                assertArrayEquals(Arrays.copyOf(features.get(i).toFloatArray(), textual), Arrays.copyOf(item, textual));
                float[] id = Arrays.copyOfRange(item, textual, WIDTH);
                assertEquals(i == WITHOUT_ID, Arrays.equals(new float[id.length], id), "item " + i);
            }
        }
    }

    @Test
    void trainingMovesTheIdsAndLeavesTheTextAsItIs() {
        Snapshot snapshot = TinySnapshot.of(100, 5);
        float[] once = aligned(snapshot, 1).floats("aligned.items").data();
        float[] twice = aligned(snapshot, 2).floats("aligned.items").data();
        for (int i = 1; i <= snapshot.items(); i++) {
            int id = i * WIDTH + WIDTH / 2;
            assertArrayEquals(Arrays.copyOfRange(once, i * WIDTH, id), Arrays.copyOfRange(twice, i * WIDTH, id));
            boolean unseen = snapshot.bins().frequency(i) == 0;
            assertEquals(unseen, Arrays.equals(Arrays.copyOfRange(once, id, (i + 1) * WIDTH),
                    Arrays.copyOfRange(twice, id, (i + 1) * WIDTH)), "item " + i);
            assertFalse(Arrays.equals(new float[WIDTH / 2], Arrays.copyOfRange(twice, i * WIDTH, id)), "item " + i);
        }
    }

    private Bundle aligned(Snapshot snapshot, int epochs) {
        Recipe recipe = TinySnapshot.small("best", epochs).with("fusion", Recipe.Fusion.NULL_SPACE)
                .with("loss", Recipe.LossKind.SOFTMAX);
        try (Training training = Training.open(snapshot, "f00d", recipe, 1, new Settings("cpu", 1),
                folder.resolve(Integer.toString(epochs)))) {
            return training.align(training.pretrain(SILENT), SILENT);
        }
    }
}
