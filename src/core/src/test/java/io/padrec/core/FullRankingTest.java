package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.core.FrequencyBins.Stratum;
import io.padrec.core.Split.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Full ranking against an independent, slow implementation that sorts, on random cases with many ties. */
class FullRankingTest {
    private static final int ITEMS = 40;

    private final SplittableRandom random = new SplittableRandom(7);

    private Histories randomHistories(int users) {
        Histories.Builder histories = new Histories.Builder();
        for (int u = 0; u < users; u++) {
            int[] items = new int[random.nextInt(9)];
            for (int i = 0; i < items.length; i++) {
                items[i] = 1 + random.nextInt(ITEMS);
            }
            histories.add("user-" + u, items);
        }
        return histories.build();
    }

    /** Scores that depend on the history alone, on a coarse grid so that ties are common. */
    private static float score(int[] history, int item) {
        int hash = item * 31;
        for (int i : history) {
            hash = hash * 17 + i;
        }
        return Math.floorMod(hash * 0x9E3779B9, 11);
    }

    private static float[] scores(int[][] histories) {
        float[] scores = new float[histories.length * (ITEMS + 1)];
        for (int b = 0; b < histories.length; b++) {
            for (int item = 0; item <= ITEMS; item++) {
                scores[b * (ITEMS + 1) + item] = score(histories[b], item);
            }
        }
        return scores;
    }

    /** The recommendation list of a worst-case sorter: equal scores put the target last. */
    private static List<Integer> listOf(int[] history, int target) {
        Set<Integer> seen = new TreeSet<>();
        for (int item : history) {
            seen.add(item);
        }
        List<Integer> list = new ArrayList<>();
        for (int item = 1; item <= ITEMS; item++) {
            if (!seen.contains(item)) {
                list.add(item);
            }
        }
        list.sort((a, b) -> {
            int byScore = Float.compare(score(history, b), score(history, a));
            return byScore != 0 ? byScore : Boolean.compare(a == target, b == target);
        });
        return list;
    }

    @Test
    void ranksAndMetricsEqualABruteForceOnRandomCases() {
        for (int round = 0; round < 20; round++) {
            LeaveOneOut split = new LeaveOneOut(randomHistories(600));
            for (Stage stage : Stage.values()) {
                Ranks ranks = FullRanking.evaluate(split, stage, ITEMS, FullRankingTest::scores);
                int evaluated = 0;
                double hits = 0;
                double gain = 0;
                double reciprocal = 0;
                for (int u = 0; u < split.histories().users(); u++) {
                    int length = split.histories().length(u);
                    if (length < 3) {
                        continue;
                    }
                    int before = stage == Stage.TEST ? length - 1 : length - 2;
                    int[] history = split.histories().first(u, before);
                    int target = split.histories().item(u, before);
                    int place = listOf(history, target).indexOf(target);
                    assertEquals(u, ranks.user(evaluated));
                    assertEquals(place < 0 ? Ranks.MISS : place + 1, ranks.rank(evaluated));
                    evaluated++;
                    if (place >= 0 && place < 10) {
                        hits++;
                        gain += 1 / (Math.log(place + 2) / Math.log(2));
                        reciprocal += 1.0 / (place + 1);
                    }
                }
                assertEquals(evaluated, ranks.size());
                assertEquals(hits / evaluated, ranks.hitRate(10), 1e-12);
                assertEquals(gain / evaluated, ranks.ndcg(10), 1e-12);
                assertEquals(reciprocal / evaluated, ranks.mrr(10), 1e-12);
            }
        }
    }

    @Test
    void aTargetThatStandsInTheHistoryIsAMiss() {
        LeaveOneOut split = new LeaveOneOut(new Histories.Builder().add("u", 1, 2, 3, 1).build());
        Ranks ranks = FullRanking.evaluate(split, Stage.TEST, 3, histories -> new float[] {0, 9, 1, 1});
        assertEquals(Ranks.MISS, ranks.rank(0));
    }

    @Test
    void theValidationItemIsMaskedWhenTheTestItemIsRanked() {
        LeaveOneOut split = new LeaveOneOut(new Histories.Builder().add("u", 1, 2, 3).build());
        float[] scores = {0, 5, 9, 1, 2};
        assertEquals(2, FullRanking.evaluate(split, Stage.TEST, 4, histories -> scores.clone()).rank(0));
        assertEquals(1, FullRanking.evaluate(split, Stage.VALIDATION, 4, histories -> scores.clone()).rank(0));
    }

    @Test
    void aScorerOfNothingButNaNHitsNothing() {
        LeaveOneOut split = new LeaveOneOut(randomHistories(50));
        Ranks ranks = FullRanking.evaluate(split, Stage.TEST, ITEMS, histories -> {
            float[] scores = new float[histories.length * (ITEMS + 1)];
            java.util.Arrays.fill(scores, Float.NaN);
            return scores;
        });
        assertEquals(0, ranks.hitRate(ITEMS));
    }

    @Test
    void aConstantScorerHitsNothingAmongTheFirstTen() {
        LeaveOneOut split = new LeaveOneOut(randomHistories(50));
        Ranks ranks = FullRanking.evaluate(split, Stage.TEST, ITEMS,
                histories -> new float[histories.length * (ITEMS + 1)]);
        assertEquals(0, ranks.hitRate(10));
    }

    @Test
    void strataPartTheUsersByTheirTarget() {
        LeaveOneOut split = new LeaveOneOut(randomHistories(400));
        FrequencyBins bins = new FrequencyBins(split.trainFrequencies(ITEMS), 10);
        Ranks ranks = FullRanking.evaluate(split, Stage.TEST, ITEMS, FullRankingTest::scores);
        int users = 0;
        double hits = 0;
        for (Stratum stratum : Stratum.values()) {
            Ranks part = ranks.of(stratum, bins);
            for (int i = 0; i < part.size(); i++) {
                assertEquals(stratum, bins.stratum(split.target(part.user(i), Stage.TEST)));
            }
            users += part.size();
            hits += part.hitRate(10) * part.size();
        }
        assertEquals(ranks.size(), users);
        assertEquals(ranks.hitRate(10) * ranks.size(), hits, 1e-9);
    }
}
