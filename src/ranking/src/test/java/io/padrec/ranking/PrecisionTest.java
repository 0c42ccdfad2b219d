package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What bytes lose against float32. */
class PrecisionTest {
    private static final int ITEMS = 2000;

    private final Bundle bundle = new BenchmarkBundle(ITEMS).build();
    private final Ranker floats = Ranker.of(bundle, "benchmark");
    private final Ranker bytes = Ranker.of(bundle, "benchmark", RankerOptions.DEFAULT.with(Precision.INT8));

    @Test
    void scoresStayWithinAHundredthOfTheirSpread() {
        for (int[] history : new BenchmarkBundle(ITEMS).histories(20, 1)) {
            float[] exact = floats.scores(history);
            float[] rough = bytes.scores(history);
            double spread = 0;
            double difference = 0;
            for (int i = 1; i <= ITEMS; i++) {
                spread += exact[i] * exact[i];
                difference += (exact[i] - rough[i]) * (exact[i] - rough[i]);
            }
            assertTrue(Math.sqrt(difference / spread) < 0.01, "off by " + Math.sqrt(difference / spread));
        }
    }

    @Test
    void atLeastNineOfTenRecommendationsAreTheSame() {
        double held = 0;
        int[][] histories = new BenchmarkBundle(ITEMS).histories(100, 2);
        for (int[] history : histories) {
            Set<Integer> exact = floats.recommend(history, 10).stream().map(Recommendation::item).collect(Collectors.toSet());
            held += bytes.recommend(history, 10).stream().filter(r -> exact.contains(r.item())).count() / 10.0;
        }
        assertTrue(held / histories.length > 0.9, "held " + held / histories.length);
    }

    @Test
    void sharesStillAddUpToTheScore() {
        int[] history = new Random(3).ints(10, 1, ITEMS).toArray();
        for (Recommendation r : bytes.recommend(history, 20)) {
            assertEquals(r.score(), r.shares()[0] + r.shares()[1] + r.shares()[2], 1e-3);
        }
        for (Recommendation r : bytes.similar(5, 20)) {
            assertTrue(r.score() < 1.01 && r.score() > -1.01);
        }
    }

    @Test
    void aVectorOfZerosStaysOne() {
        Bundle without = RandomBundle.of(20, 4).mean("id", 4, 5, 0.5).mean("text", 4, 5, 0.5).without("id", 3).build();
        Ranker ranker = Ranker.of(without, "random", RankerOptions.DEFAULT.with(Precision.INT8));
        ranker.recommend(new int[] {3}, 5).forEach(r -> assertEquals(0f, r.shares()[0]));
    }
}
