package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CosineTest {
    private static final int ITEMS = 5;
    private static final int WIDTH = 4;
    private static final int WITHOUT_ID = 4;
    private static final int[][] HISTORIES = {{1, 2, 3}, {5}, {2, 2}};

    private final NDManager manager = NDManager.newBaseManager();
    private final Parameters parameters = new Parameters(manager, 1);
    private final Expert raw = new Expert("id", new ItemVectors.Ids(ITEMS, WIDTH, new int[] {0, WITHOUT_ID}),
            new SasRec(WIDTH, 3, 1, 2));
    private final Expert cosine = Cosine.of(raw);
    private final Rows rows = new Rows(manager, new int[] {0, 1, 2, 3, 4, 5}, ITEMS + 1, false);
    private final Batch batch = new Batch(manager, HISTORIES, 3, true);

    @BeforeEach
    void create() {
        cosine.create(parameters);
        // Far from unit length, and unequal, so that bringing them to one length shows.
        parameters.get("id.ids").muli(100f);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aScoreIsTheCosineOfStateAndItemOverTheTemperature() {
        NDArray table = raw.vectors(parameters, rows, 0).items();
        NDArray read = cosine.vectors(parameters, rows, 0).items();
        NDArray states = raw.states(parameters, read, batch, 0);
        Recommender.Forward forward = recommender(cosine).forward(rows, batch, 0);
        float[] scores = forward.states().matMul(forward.table().transpose()).toFloatArray();
        for (int token = 0; token < 6; token++) {
            for (int i = 1; i <= ITEMS; i++) {
                double expected = i == WITHOUT_ID ? 0 : cosine(states.get(token).toFloatArray(), table.get(i).toFloatArray()) / 0.07;
                assertEquals(expected, scores[token * (ITEMS + 1) + i], 1e-4, "token " + token + ", item " + i);
            }
        }
    }

    private Recommender recommender(Expert expert) {
        return new Recommender(List.of(expert), parameters, new Gate.Open(1, 1), new int[ITEMS + 1], 3);
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(squaresOfA * squaresOfB);
    }

    @Test
    void itsSoftmaxHasTheGradientOfFiniteDifferences() {
        NDArray ids = parameters.get("id.ids");
        float[] at = ids.toFloatArray();
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss().surrogate());
        }
        float[] gradient = ids.getGradient().toFloatArray();
        for (int i = WIDTH; i < WITHOUT_ID * WIDTH; i++) {
            double up = lossAt(ids, at, i, 1e-2f);
            double down = lossAt(ids, at, i, -1e-2f);
            assertEquals((up - down) / 2e-2, gradient[i], 1e-2 * Math.max(1, Math.abs(gradient[i])), "number " + i);
        }
    }

    private double lossAt(NDArray ids, float[] at, int number, float step) {
        float[] moved = at.clone();
        moved[number] += step;
        Parameters.assign(ids, moved);
        double value = loss().value().getFloat();
        Parameters.assign(ids, at);
        return value;
    }

    /** Over an encoder that is smooth, as finite differences ask for. */
    private Loss.Value loss() {
        Expert smooth = Cosine.of(new Expert("id", raw.items(), new MeanBackbone(WIDTH, 3, 0.8f)));
        Recommender.Forward forward = recommender(smooth).forward(rows, batch, 0);
        return new SoftmaxLoss(null).of(forward.states(), forward.table(), rows, manager.create(new int[] {2, 3, 1, 2, 5, 3}), null,
                manager.ones(new Shape(6)).div(6f));
    }
}
