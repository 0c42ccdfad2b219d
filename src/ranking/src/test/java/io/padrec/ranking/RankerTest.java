package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankerTest {
    private static final int ITEMS = 700;

    private static Bundle threeExperts(long seed) {
        // Widths that are no multiple of four, too, and encoders that see more and less of the history than each other.
        return RandomBundle.of(ITEMS, seed).sasRec("id", 8, 2, 2, 7).sasRec("aligned", 6, 1, 3, 4)
                .mean("text", 11, 6, 0.8).historyGate().build();
    }

    private static int[] history(Random random, int length) {
        return random.ints(length, 1, ITEMS + 1).toArray();
    }

    @Test
    void scoresAreThoseOfTheReferenceForEveryLengthOfHistory() {
        for (long seed = 1; seed <= 3; seed++) {
            Bundle bundle = threeExperts(seed);
            Ranker ranker = Ranker.of(bundle, "random");
            Reference reference = new Reference(bundle);
            for (int length : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 30}) {
                int[] history = history(new Random(seed), length);
                double[] expected = reference.scores(history);
                float[] scores = ranker.scores(history);
                for (int i = 1; i <= ITEMS; i++) {
                    assertEquals(expected[i], scores[i], 1e-4, "item " + i + ", length " + length);
                }
            }
        }
    }

    @Test
    void aThousandHistoriesScoreAndRankAsTheReferenceHasIt() {
        Bundle bundle = RandomBundle.of(150, 20).sasRec("id", 16, 2, 2, 8).sasRec("aligned", 12, 1, 3, 8)
                .mean("text", 20, 8, 0.8).build();
        Reference reference = new Reference(bundle);
        Random random = new Random(20);
        for (Kernels kernels : List.of(new VectorKernels(), new ScalarKernels())) {
            Ranker ranker = Ranker.of(bundle, "random", RankerOptions.DEFAULT, () -> kernels);
            for (int h = 0; h < 500; h++) {
                int[] history = random.ints(1 + random.nextInt(12), 1, 151).toArray();
                double[] expected = reference.scores(history);
                float[] scores = ranker.scores(history);
                for (int i = 1; i <= 150; i++) {
                    assertEquals(expected[i], scores[i], 1e-4, kernels.name() + ", item " + i);
                }
                double tenth = IntStream.rangeClosed(1, 150).filter(i -> Arrays.stream(history).noneMatch(seen -> seen == i))
                        .mapToDouble(i -> -expected[i]).sorted().skip(9).findFirst().orElseThrow();
                ranker.recommend(history, 10).forEach(r -> assertTrue(expected[r.item()] >= -tenth - 1e-4));
            }
        }
    }

    @Test
    void queriesThatAreAnsweredTogetherGetTheAnswersThatTheyGetAlone() {
        Ranker ranker = Ranker.of(threeExperts(21), "random");
        Random random = new Random(21);
        for (int count = 1; count <= 9; count++) {
            List<Query> queries = IntStream.range(0, count)
                    .mapToObj(q -> Query.of(history(random, q % 4 == 3 ? 0 : 1 + q), 1 + 3 * q)).toList();
            List<List<Recommendation>> together = ranker.recommend(queries);
            for (int q = 0; q < count; q++) {
                List<Recommendation> alone = ranker.recommend(queries.get(q));
                assertEquals(alone.stream().map(Recommendation::item).toList(),
                        together.get(q).stream().map(Recommendation::item).toList());
                for (int i = 0; i < alone.size(); i++) {
                    assertEquals(alone.get(i).score(), together.get(q).get(i).score(), 1e-5);
                }
            }
        }
    }

    @Test
    void thePaperSetOfThreeSasRecsScoresAsTheReference() {
        Bundle bundle = RandomBundle.of(ITEMS, 4).sasRec("id", 32, 2, 2, 20).sasRec("aligned", 32, 2, 2, 20)
                .sasRec("text", 32, 2, 2, 20).build();
        int[] history = history(new Random(4), 25);
        double[] expected = new Reference(bundle).scores(history);
        float[] scores = Ranker.of(bundle, "random").scores(history);
        for (int i = 1; i <= ITEMS; i++) {
            assertEquals(expected[i], scores[i], 1e-4);
        }
    }

    @Test
    void theListIsTheFullSortWithoutTheHistory() {
        Ranker ranker = Ranker.of(threeExperts(5), "random");
        Random random = new Random(5);
        for (int k : new int[] {1, 10, 257, ITEMS, 1_000_000_000}) {
            int[] history = history(random, 9);
            float[] scores = ranker.scores(history);
            List<Integer> expected = IntStream.rangeClosed(1, ITEMS)
                    .filter(i -> Arrays.stream(history).noneMatch(seen -> seen == i)).boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i)).limit(k).toList();
            List<Recommendation> list = ranker.recommend(history, k);
            assertEquals(expected, list.stream().map(Recommendation::item).toList());
            for (Recommendation recommendation : list) {
                assertEquals(scores[recommendation.item()], recommendation.score(), 1e-5);
            }
            assertEquals(Math.min(k, expected.size()), list.size());
        }
    }

    @Test
    void itemsThatTheEncodersNoLongerSeeAreLeftOutAsWell() {
        Ranker ranker = Ranker.of(threeExperts(6), "random");
        int[] history = IntStream.rangeClosed(1, 100).toArray();
        List<Integer> listed = ranker.recommend(history, ITEMS).stream().map(Recommendation::item).toList();
        assertEquals(ITEMS - 100, listed.size());
        assertTrue(listed.stream().allMatch(item -> item > 100));
    }

    @Test
    void oldItemsDoNotChangeTheScores() {
        Ranker ranker = Ranker.of(threeExperts(7), "random");
        int[] history = history(new Random(7), 40);
        assertArrayEquals(ranker.scores(Arrays.copyOfRange(history, 33, 40)), ranker.scores(history), 1e-5f);
    }

    @Test
    void theExpertsSharesAreTheReferencesAndAddUpToTheScore() {
        Bundle bundle = threeExperts(8);
        Ranker ranker = Ranker.of(bundle, "random");
        int[] history = history(new Random(8), 5);
        double[][] expected = new Reference(bundle).shares(history);
        assertEquals(List.of("id", "aligned", "text"), ranker.experts());
        for (Recommendation recommendation : ranker.recommend(history, 20)) {
            float[] shares = recommendation.shares();
            for (int k = 0; k < 3; k++) {
                assertEquals(expected[recommendation.item()][k], shares[k], 1e-4);
            }
            assertEquals(recommendation.score(), shares[0] + shares[1] + shares[2], 1e-5);
        }
    }

    @Test
    void equalScoresRankByRisingItemNumber() {
        Bundle bundle = RandomBundle.of(600, 9).mean("id", 4, 5, 0.5).build();
        Arrays.fill(bundle.floats("gate").data(), 0);
        List<Integer> items = Ranker.of(bundle, "random").recommend(new int[] {2, 300}, 4).stream()
                .map(Recommendation::item).toList();
        assertEquals(List.of(1, 3, 4, 5), items);
    }

    @Test
    void anEmptyHistoryHasNoRecommendations() {
        assertEquals(List.of(), Ranker.of(threeExperts(10), "random").recommend(new int[0], 10));
    }

    @Test
    void aHistoryOfAllItemsHasNoRecommendations() {
        Ranker ranker = Ranker.of(RandomBundle.small(5, 10), "random");
        assertEquals(List.of(), ranker.recommend(new int[] {1, 2, 3, 4, 5}, 10));
    }

    @Test
    void aHistoryOfItemsWithoutVectorsStillRanks() {
        Bundle bundle = RandomBundle.of(20, 11).mean("id", 4, 5, 0.5).mean("text", 4, 5, 0.5).without("id", 3).build();
        for (Recommendation recommendation : Ranker.of(bundle, "random").recommend(new int[] {3}, 5)) {
            assertEquals(0f, recommendation.shares()[0]);
            assertTrue(Float.isFinite(recommendation.score()));
        }
    }

    @Test
    void similarItemsAreThoseOfTheNearestUnitVectors() {
        Bundle bundle = RandomBundle.of(300, 12).sasRec("id", 6, 1, 1, 4).mean("text", 5, 4, 0.8).without("id", 7).build();
        Ranker ranker = Ranker.of(bundle, "random");
        for (int item : new int[] {1, 7}) {
            double[] expected = likeness(bundle, item);
            List<Integer> order = IntStream.rangeClosed(1, 300).filter(i -> i != item).boxed()
                    .sorted(Comparator.comparingDouble(i -> -expected[i])).limit(12).toList();
            List<Recommendation> similar = ranker.similar(item, 12);
            assertEquals(order, similar.stream().map(Recommendation::item).toList());
            for (Recommendation recommendation : similar) {
                assertEquals(expected[recommendation.item()], recommendation.score(), 1e-5);
                assertEquals(recommendation.score(), recommendation.shares()[0] + recommendation.shares()[1], 1e-5);
            }
        }
    }

    private static double[] likeness(Bundle bundle, int item) {
        Reference reference = new Reference(bundle);
        List<double[][]> tables = List.of(reference.matrix("id.items"), reference.matrix("text.items"));
        double[] likeness = new double[tables.getFirst().length];
        for (int i = 1; i < likeness.length; i++) {
            int experts = 0;
            int own = 0;
            double sum = 0;
            for (double[][] table : tables) {
                double norm = Math.sqrt(Reference.dot(table[i], table[i]));
                double ownNorm = Math.sqrt(Reference.dot(table[item], table[item]));
                experts += norm > 0 ? 1 : 0;
                own += ownNorm > 0 ? 1 : 0;
                sum += norm > 0 && ownNorm > 0 ? Reference.dot(table[i], table[item]) / norm / ownNorm : 0;
            }
            likeness[i] = sum / Math.sqrt(experts) / Math.sqrt(own);
        }
        return likeness;
    }

    @Test
    void anItemOfNoVectorsAtAllHasNoSimilarItems() {
        Bundle bundle = RandomBundle.of(20, 13).mean("id", 4, 5, 0.5).without("id", 3).build();
        assertEquals(List.of(), Ranker.of(bundle, "random").similar(3, 5));
    }

    @Test
    void aBundleOnDiskLoads(@TempDir Path folder) {
        Bundle bundle = threeExperts(14);
        bundle.write(folder.resolve("model"));
        int[] history = {3, 1, 4};
        Ranker loaded = Ranker.load(folder.resolve("model"));
        assertArrayEquals(Ranker.of(bundle, "random").scores(history), loaded.scores(history), 1e-5f);
        assertEquals("random", loaded.manifest().get("dataset"));
        assertEquals("item-3", loaded.catalogue().id(3));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Ranker ranker = Ranker.of(RandomBundle.small(5, 15), "random");
        assertThrows(IllegalArgumentException.class, () -> ranker.recommend(new int[] {0}, 10));
        assertThrows(IllegalArgumentException.class, () -> ranker.recommend(new int[] {6}, 10));
        assertThrows(IllegalArgumentException.class, () -> ranker.recommend(new int[] {1}, 0));
        assertThrows(IllegalArgumentException.class, () -> ranker.similar(6, 1));
        assertFalse(ranker.similar(5, 1).isEmpty());
    }

    @Test
    void theReasonsForAnItemAreTheHistorysItemsThatAreLikestToIt() {
        Bundle bundle = RandomBundle.of(300, 22).sasRec("id", 6, 1, 1, 4).mean("text", 5, 4, 0.8).without("id", 7).build();
        Ranker ranker = Ranker.of(bundle, "random");
        double[] expected = likeness(bundle, 9);
        List<Reason> reasons = ranker.reasons(9, new int[] {5, 7, 5, 100, 200}, 3);
        assertEquals(IntStream.of(5, 7, 100, 200).boxed().sorted(Comparator.comparingDouble(i -> -expected[i])).limit(3).toList(),
                reasons.stream().map(Reason::item).toList());
        reasons.forEach(reason -> assertEquals(expected[reason.item()], reason.likeness(), 1e-5));
        assertThrows(IllegalArgumentException.class, () -> ranker.reasons(9, new int[] {301}, 3));
    }
}
