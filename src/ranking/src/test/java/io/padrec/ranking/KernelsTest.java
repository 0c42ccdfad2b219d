package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What runs on vectors computes the same as plain loops. */
class KernelsTest {
    private static final float SAME = 1e-4f;

    private final Random random = new Random(1);
    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @Test
    void testsRunOnVectors() {
        assertTrue(FastestKernels.INSTANCE.get().name().startsWith("vector-"));
    }

    @Test
    void rowsScoreTheSameAloneByFourAndForTwoQueries() {
        Layout layout = Layout.of(3, 16, 40, 128);
        for (Precision precision : Precision.values()) {
            Table table = new Table(layout, precision, 9, Arena.ofAuto());
            for (int row = 0; row < 9; row++) {
                for (int k = 0; k < 4; k++) {
                    table.put(row, k, numbers(layout.widths()[k]), 0);
                }
                table.weigh(row, numbers(8), row % 2);
            }
            float[] query = numbers(layout.stride());
            float[] other = numbers(layout.stride());
            for (Kernels kernels : new Kernels[] {scalar, vector}) {
                float[] out = new float[9];
                float[] twice = new float[9];
                float[] otherOut = new float[9];
                kernels.four(query, layout.ends(), table.numbers(), table.isOfBytes(), table.at(1), table.at(8), table.at(0),
                        table.at(5), table.gates(), 4, 32, 0, 20, out, 1, 2);
                kernels.fourTwice(query, other, layout.ends(), table.numbers(), table.isOfBytes(), table.at(1), table.at(8),
                        table.at(0), table.at(5), table.gates(), 4, 32, 0, 20, twice, otherOut, 1, 2);
                int[] rows = {1, 8, 0, 5};
                for (int i = 0; i < 4; i++) {
                    assertEquals(score(table, query, rows[i]), out[1 + 2 * i], SAME);
                    assertEquals(score(table, query, rows[i]), twice[1 + 2 * i], SAME);
                    assertEquals(score(table, other, rows[i]), otherOut[1 + 2 * i], SAME);
                    assertEquals(score(table, query, rows[i]), kernels.one(query, layout.ends(), table.numbers(),
                            table.isOfBytes(), table.at(rows[i]), table.gates(), 4 * rows[i]), SAME);
                }
            }
        }
    }

    /** By the table's own reading of a row. */
    private static double score(Table table, float[] query, int row) {
        float[] weighted = new float[query.length];
        table.readWeighted(row, table.gates(), weighted);
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += (double) weighted[i] * query[i];
        }
        return sum;
    }

    @Test
    void aDenseLayerIsTheSameForEveryNumberOfRows() {
        for (int rows = 1; rows <= 9; rows++) {
            float[] x = numbers(3 + rows * 64);
            float[] panels = numbers(64 * 96);
            float[] bias = numbers(96);
            float[] expected = new float[rows * 96];
            float[] y = new float[rows * 96];
            scalar.dense(x, 3, panels, bias, 64, 96, expected, rows);
            vector.dense(x, 3, panels, bias, 64, 96, y, rows);
            assertArrayEquals(expected, y, SAME);
        }
    }

    @Test
    void loopsOverOneRowAreTheSame() {
        float[] a = numbers(100);
        float[] b = numbers(100);
        assertEquals(scalar.product(a, 3, b, 7, 80), vector.product(a, 3, b, 7, 80), SAME);
        float[] x = a.clone();
        float[] y = a.clone();
        scalar.add(0.7f, b, 1, x, 2, 96);
        vector.add(0.7f, b, 1, y, 2, 96);
        assertArrayEquals(x, y, SAME);
        scalar.rectify(x, 4, 64);
        vector.rectify(y, 4, 64);
        assertArrayEquals(x, y, SAME);
    }

    @Test
    void normalisationLooksAtTheNumbersThatCount() {
        for (int width : new int[] {1, 6, 16, 29, 32}) {
            LayerNorm norm = LayerNorm.of(numbers(width), numbers(width));
            float[] x = new float[64];
            System.arraycopy(numbers(width), 0, x, 32, width);
            for (int i = 32; i < 32 + width; i++) {
                x[i] += 50;
            }
            float[] y = x.clone();
            norm.apply(scalar, x, 1, 1);
            norm.apply(vector, y, 1, 1);
            assertArrayEquals(x, y, 1e-3f);
            for (int i = 32 + width; i < 64; i++) {
                assertEquals(0, y[i]);
            }
        }
    }
}
