package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KendallTauTest {
    /** By the definition: every pair is looked at. */
    private static double byPairs(double[] x, double[] y) {
        long difference = 0;
        long orderedInX = 0;
        long orderedInY = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                double product = Math.signum(x[i] - x[j]) * Math.signum(y[i] - y[j]);
                difference += (long) product;
                orderedInX += x[i] == x[j] ? 0 : 1;
                orderedInY += y[i] == y[j] ? 0 : 1;
            }
        }
        return difference / Math.sqrt((double) orderedInX * orderedInY);
    }

    @Test
    void handComputedCasesAreRight() {
        assertEquals(1, KendallTau.b(new double[] {1, 2, 3, 4}, new double[] {10, 20, 30, 40}), 1e-12);
        assertEquals(-1, KendallTau.b(new double[] {1, 2, 3, 4}, new double[] {4, 3, 2, 1}), 1e-12);
        // 4 pairs in the same order, 2 in the opposite.
        assertEquals(2 / 6.0, KendallTau.b(new double[] {1, 2, 3, 4}, new double[] {2, 1, 4, 3}), 1e-12);
        // 1 tie in x: 5 of its pairs ordered, 5 in the same order as y's 6.
        assertEquals(5 / Math.sqrt(30), KendallTau.b(new double[] {1, 1, 2, 3}, new double[] {1, 2, 3, 4}), 1e-12);
    }

    @Test
    void itIsWhatEveryPairSaysWithFewTiesAndWithMany() {
        SplittableRandom random = new SplittableRandom(7);
        for (int values : new int[] {2, 5, 40, 1_000_000}) {
            for (int n : new int[] {2, 3, 17, 128, 301}) {
                double[] x = random.doubles(n).map(u -> Math.floor(u * values)).toArray();
                double[] y = new double[n];
                for (int i = 0; i < n; i++) {
                    y[i] = random.nextBoolean() ? x[i] : Math.floor(random.nextDouble() * values);
                }
                x[0] = values;
                y[n - 1] = values;
                assertEquals(byPairs(x, y), KendallTau.b(x, y), 1e-12, n + " of " + values);
                assertEquals(KendallTau.b(x, y), KendallTau.b(y, x), 1e-12);
            }
        }
    }

    @Test
    void aSampleWithoutAnOrderAgreesWithNone() {
        assertEquals(0, KendallTau.b(new double[] {0.0, -0.0, 0.0}, new double[] {1, 2, 3}));
        assertEquals(0, KendallTau.b(new double[0], new double[0]));
    }

    @Test
    void whatHasNoOrderIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> KendallTau.b(new double[] {1, Double.NaN}, new double[] {1, 2}));
        assertThrows(IllegalArgumentException.class, () -> KendallTau.b(new double[] {1}, new double[] {1, 2}));
    }
}
