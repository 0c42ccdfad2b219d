package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RanksTest {
    private static final float MASKED = Float.NEGATIVE_INFINITY;

    private static int rank(int target, float... itemScores) {
        float[] scores = new float[itemScores.length + 1];
        scores[0] = 1e9f;
        System.arraycopy(itemScores, 0, scores, 1, itemScores.length);
        return Ranks.rank(scores, 0, itemScores.length, target);
    }

    private static Ranks ranks(int... ranks) {
        return new Ranks(new int[ranks.length], new int[ranks.length], ranks);
    }

    @Test
    void theHighestScoreRanksFirst() {
        assertEquals(1, rank(3, 0.1f, 0.2f, 0.9f));
        assertEquals(3, rank(1, 0.1f, 0.2f, 0.9f));
    }

    @Test
    void aTieCountsAgainstTheTarget() {
        assertEquals(3, rank(1, 0.5f, 0.5f, 0.5f, 0.1f));
        assertEquals(3, rank(2, 0.5f, 0.5f, 0.5f, 0.1f));
    }

    @Test
    void aConstantScorerRanksLast() {
        assertEquals(4, rank(2, 7, 7, 7, 7));
    }

    @Test
    void plusAndMinusZeroTie() {
        assertEquals(2, rank(1, 0.0f, -0.0f));
        assertEquals(2, rank(2, 0.0f, -0.0f));
    }

    @Test
    void aMaskedTargetIsAMiss() {
        assertEquals(Ranks.MISS, rank(2, 0.1f, MASKED, 0.3f));
    }

    @Test
    void maskedItemsStandBehindTheTarget() {
        assertEquals(1, rank(1, -5, MASKED, MASKED));
    }

    @Test
    void aTargetThatIsNotANumberIsAMiss() {
        assertEquals(Ranks.MISS, rank(2, 0.1f, Float.NaN, 0.3f));
    }

    @Test
    void anotherItemThatIsNotANumberStandsBeforeTheTarget() {
        assertEquals(2, rank(1, 0.9f, Float.NaN, 0.3f));
    }

    @Test
    void onlyTheUsersOwnRowIsRead() {
        float[] scores = {0, 9, 9, 0, 1, 2, 0, 9, 9};
        assertEquals(2, Ranks.rank(scores, 3, 2, 1));
    }

    @Test
    void metricsOfASmallCaseAreTheHandComputedOnes() {
        Ranks ranks = ranks(1, 2, 3, 10, 11, Ranks.MISS);
        assertEquals(3 / 6.0, ranks.hitRate(5), 1e-15);
        assertEquals(4 / 6.0, ranks.hitRate(10), 1e-15);
        assertEquals(5 / 6.0, ranks.hitRate(20), 1e-15);
        // 1/log2(2), 1/log2(3), 1/log2(4), 1/log2(11)
        assertEquals((1 + 0.6309297535714575 + 0.5 + 0.2890648263178879) / 6, ranks.ndcg(10), 1e-15);
        assertEquals((1 + 1 / 2.0 + 1 / 3.0 + 1 / 10.0) / 6, ranks.mrr(10), 1e-15);
    }

    @Test
    void valuesPerUserAverageToTheMetric() {
        assertArrayEquals(new double[] {1, 0, 0}, ranks(5, 6, Ranks.MISS).hitsAt(5));
        assertArrayEquals(new double[] {1, 0, 0}, ranks(1, 6, Ranks.MISS).ndcgAt(5));
    }

    @Test
    void noUsersGiveZeroNotNaN() {
        assertEquals(0, ranks().hitRate(10));
        assertEquals(0, ranks().ndcg(10));
        assertEquals(0, ranks().mrr(10));
    }
}
