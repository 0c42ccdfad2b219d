package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import io.padrec.ranking.IndexInfo.State;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexTest {
    private static final int ITEMS = 3000;
    private static final RankerOptions INDEXED = RankerOptions.DEFAULT.withExactUpTo(1000);
    private static final Bundle BUNDLE = new BenchmarkBundle(ITEMS).build();
    private static final int[][] HISTORIES = new BenchmarkBundle(ITEMS).histories(50, 3);

    private final Ranker exact = Ranker.of(BUNDLE, "benchmark");

    private static Ranker indexed(RankerOptions options) throws InterruptedException {
        return ready(Ranker.of(BUNDLE, "benchmark", options));
    }

    private static Ranker ready(Ranker ranker) throws InterruptedException {
        while (ranker.index().state() == State.BUILDING) {
            Thread.sleep(20);
        }
        return ranker;
    }

    private static Set<Integer> items(List<Recommendation> list) {
        return list.stream().map(Recommendation::item).collect(Collectors.toSet());
    }

    @Test
    void answersHoldNearlyAllOfTheExactOnesWhateverThePrecision() throws InterruptedException {
        for (Precision precision : Precision.values()) {
            try (Ranker all = Ranker.of(BUNDLE, "benchmark", RankerOptions.DEFAULT.with(precision));
                    Ranker ranker = indexed(INDEXED.with(precision))) {
                assertEquals(State.READY, ranker.index().state(), ranker.index().error());
                assertTrue(ranker.index().recall() >= 0.99 && ranker.index().beam() > 0 && ranker.index().seconds() > 0);
                double held = 0;
                for (int[] history : HISTORIES) {
                    List<Recommendation> found = ranker.recommend(history, 10);
                    assertEquals(10, found.size());
                    Set<Integer> best = items(all.recommend(history, 10));
                    held += found.stream().filter(r -> best.contains(r.item())).count() / 10.0;
                }
                assertTrue(held / HISTORIES.length >= 0.97, precision + " held " + held / HISTORIES.length);
            }
        }
    }

    @Test
    void scoresAndSharesAreTheExactOnes() throws InterruptedException {
        try (Ranker ranker = indexed(INDEXED)) {
            float[] scores = exact.scores(HISTORIES[0]);
            for (Recommendation r : ranker.recommend(HISTORIES[0], 50)) {
                assertEquals(scores[r.item()], r.score(), 1e-4);
                assertEquals(r.score(), r.shares()[0] + r.shares()[1] + r.shares()[2], 1e-4);
            }
        }
    }

    @Test
    void filtersHoldAndLeaveNoAnswerShort() throws InterruptedException {
        int[] history = HISTORIES[1];
        ItemSet half = ItemSet.of(IntStream.rangeClosed(1, ITEMS).filter(i -> i % 2 == 0).toArray());
        ItemSet few = ItemSet.of(IntStream.rangeClosed(1, 30).map(i -> 100 * i).toArray());
        int[] best = exact.recommend(history, 300).stream().mapToInt(Recommendation::item).toArray();
        List<Query> queries = List.of(Query.of(history, 10).within(half), Query.of(history, 10).within(few),
                Query.of(history, 10).without(half), Query.of(history, 10).excluding(best), Query.of(history, 1000),
                Query.of(history, ITEMS), Query.of(history, 10).includingSeen(),
                Query.of(history, 10).atLeast(exact.recommend(history, 3).getLast().score()));
        try (Ranker ranker = indexed(INDEXED)) {
            for (Query query : queries) {
                List<Recommendation> expected = exact.recommend(query);
                List<Recommendation> found = ranker.recommend(query);
                assertEquals(expected.size(), found.size(), query.toString());
                Set<Integer> all = items(expected);
                long held = found.stream().filter(r -> all.contains(r.item())).count();
                assertTrue(held >= 0.9 * expected.size(), held + " of " + expected.size() + " for " + query);
            }
            assertEquals(ranker.recommend(queries).stream().map(List::size).toList(),
                    queries.stream().map(q -> ranker.recommend(q).size()).toList());
        }
    }

    @Test
    void removedItemsAreGoneAtOnce() throws InterruptedException {
        try (Ranker ranker = indexed(INDEXED)) {
            for (int i = 0; i < 20; i++) {
                int best = ranker.recommend(HISTORIES[2], 10).getFirst().item();
                assertTrue(ranker.remove("item-" + best));
                assertNotEquals(best, ranker.recommend(HISTORIES[2], 10).getFirst().item());
            }
        }
    }

    @Test
    void searchIsExactUntilTheIndexIsReady() {
        assertEquals(new IndexInfo(State.NONE, 1, 0, 0, null), exact.index());
        assertFalse(exact.index().isReady());
        try (Ranker ranker = Ranker.of(BUNDLE, "benchmark", INDEXED)) {
            assertEquals(items(exact.recommend(HISTORIES[3], 10)), items(ranker.recommend(HISTORIES[3], 10)));
        }
    }

    @Test
    void anIndexThatFindsTooLittleIsNotUsed() throws InterruptedException {
        // Vectors in all directions alike: a graph has nothing to go by.
        Bundle noise = RandomBundle.of(300, 5).mean("id", 64, 5, 0.8).build();
        Ranker whole = Ranker.of(noise, "noise");
        try (Ranker ranker = ready(Ranker.of(noise, "noise", INDEXED.withExactUpTo(0).withRecall(1)))) {
            assertEquals(State.REFUSED, ranker.index().state());
            assertTrue(ranker.index().recall() < 1 && ranker.index().error().contains("recall of 1.0"),
                    ranker.index().toString());
            assertEquals(items(whole.recommend(new int[] {1, 2}, 100)), items(ranker.recommend(new int[] {1, 2}, 100)));
        }
    }

    @Test
    void closingEndsTheBuilding() throws InterruptedException {
        Ranker ranker = Ranker.of(BUNDLE, "benchmark", INDEXED);
        ranker.close();
        for (int i = 0; i < 500 && ranker.index().state() == State.BUILDING; i++) {
            Thread.sleep(20);
        }
        assertEquals(State.FAILED, ranker.index().state());
        assertThrows(IllegalStateException.class, () -> ranker.recommend(HISTORIES[0], 10));
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> INDEXED.withRecall(0));
        assertThrows(IllegalArgumentException.class, () -> INDEXED.withRecall(1.1));
        assertThrows(IllegalArgumentException.class, () -> INDEXED.withExactUpTo(-1));
        assertThrows(IllegalArgumentException.class, () -> INDEXED.withIndexThreads(0));
    }
}
