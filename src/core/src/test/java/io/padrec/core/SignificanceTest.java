package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Significance.Interval;
import io.padrec.core.Significance.Paired;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignificanceTest {
    private static double[] hits(long seed, int users, double rate) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, users).mapToDouble(i -> random.nextDouble() < rate ? 1 : 0).toArray();
    }

    @Test
    void theIntervalCoversTheTrueMeanAboutNineteenTimesInTwenty() {
        int covered = 0;
        for (int trial = 0; trial < 300; trial++) {
            Interval interval = Significance.bootstrap95(hits(trial, 400, 0.3));
            covered += interval.low() <= 0.3 && 0.3 <= interval.high() ? 1 : 0;
        }
        assertEquals(0.95, covered / 300.0, 0.035);
    }

    @Test
    void theIntervalIsAsWideAsTheNormalApproximation() {
        Interval interval = Significance.bootstrap95(hits(1, 5000, 0.08));
        assertEquals(2 * 1.96 * Math.sqrt(0.08 * 0.92 / 5000), interval.high() - interval.low(), 0.002);
    }

    @Test
    void constantValuesHaveAnIntervalOfNoWidth() {
        assertEquals(new Interval(0.5, 0.5), Significance.bootstrap95(new double[] {0.5, 0.5, 0.5}));
        assertEquals(new Interval(0, 0), Significance.bootstrap95(new double[0]));
    }

    @Test
    void identicalRowsDoNotDiffer() {
        double[] values = hits(3, 1000, 0.1);
        assertEquals(new Paired(0, 1), Significance.paired(values, values.clone()));
        assertEquals(new Paired(0, 1), Significance.paired(new double[0], new double[0]));
    }

    @Test
    void aClearDifferenceIsSignificantInEitherDirection() {
        double[] better = hits(4, 2000, 0.2);
        double[] worse = hits(5, 2000, 0.1);
        Paired forth = Significance.paired(better, worse);
        Paired back = Significance.paired(worse, better);
        assertEquals(0.1, forth.difference(), 0.03);
        assertEquals(-forth.difference(), back.difference(), 1e-15);
        assertTrue(forth.p() < 0.001, "p " + forth.p());
        assertEquals(forth.p(), back.p(), 0.001);
    }

    @Test
    void aSmallCaseHasTheExactPValue() {
        // Five users, all better by one: 2 of the 32 sign patterns are as far from 0.
        double[] ones = {1, 1, 1, 1, 1};
        assertEquals(2 / 32.0, Significance.paired(ones, new double[5]).p(), 0.01);
    }

    @Test
    void noiseIsSignificantAsRarelyAsItShould() {
        int significant = 0;
        for (int trial = 0; trial < 200; trial++) {
            Paired paired = Significance.paired(hits(trial, 200, 0.3), hits(1000 + trial, 200, 0.3));
            significant += paired.p() < 0.05 ? 1 : 0;
        }
        assertTrue(significant <= 20, significant + " of 200 at the 5 % level");
    }

    @Test
    void equalValuesGiveEqualAnswers() {
        double[] a = hits(6, 500, 0.2);
        double[] b = hits(7, 500, 0.2);
        assertEquals(Significance.bootstrap95(a), Significance.bootstrap95(a));
        assertEquals(Significance.paired(a, b), Significance.paired(a, b));
    }

    @Test
    void rowsOverDifferentUsersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Significance.paired(new double[2], new double[3]));
    }
}
