package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every filter gives what a filter over the full sort gives. */
class QueryTest {
    private static final int ITEMS = 900;
    private static final int[] HISTORY = {5, 800, 12, 5};

    private final Ranker ranker = Ranker.of(RandomBundle.of(ITEMS, 1).sasRec("id", 8, 1, 2, 5).mean("text", 10, 5, 0.8).build(),
            "random");
    private final float[] scores = ranker.scores(HISTORY);

    private void assertFinds(Query query, IntPredicate allowed) {
        List<Integer> expected = IntStream.rangeClosed(1, ITEMS).filter(allowed).boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i)).limit(query.k()).toList();
        assertEquals(expected, items(ranker.recommend(query)));
    }

    private static List<Integer> items(List<Recommendation> list) {
        return list.stream().map(Recommendation::item).toList();
    }

    private static boolean isSeen(int item) {
        return item == 5 || item == 800 || item == 12;
    }

    @Test
    void excludedItemsAreLeftOutBesideTheHistorys() {
        assertFinds(Query.of(HISTORY, 20).excluding(1, 2, 3, 3, 900), i -> !isSeen(i) && i > 3 && i < 900);
        assertFinds(Query.of(HISTORY, 20).excluding(-1, 0, 5000), i -> !isSeen(i));
    }

    @Test
    void seenItemsCountWhereTheyAreAskedFor() {
        assertFinds(Query.of(HISTORY, ITEMS).includingSeen(), i -> true);
        assertFinds(Query.of(HISTORY, ITEMS).includingSeen().excluding(12), i -> i != 12);
    }

    @Test
    void onlyItemsOfTheSetAreFoundWhateverItsSize() {
        Random random = new Random(2);
        for (int size : new int[] {0, 1, 3, 4, 5, 100, 224, 226, 500, ITEMS}) {
            ItemSet set = ItemSet.of(random.ints(1, ITEMS + 1).distinct().limit(size).toArray());
            int denied = Math.max(1, set.next(0));
            assertFinds(Query.of(HISTORY, 10).within(set), i -> !isSeen(i) && set.contains(i));
            assertFinds(Query.of(HISTORY, 10).within(set).without(ItemSet.of(denied)).excluding(7),
                    i -> !isSeen(i) && set.contains(i) && i != denied && i != 7);
        }
        assertFinds(Query.of(HISTORY, 10).within(ItemSet.of(3, 5, 899, 5000)), i -> i == 3 || i == 899);
    }

    @Test
    void itemsOfTheOtherSetAreNotFound() {
        ItemSet denied = ItemSet.of(IntStream.rangeClosed(1, 600).toArray());
        assertFinds(Query.of(HISTORY, ITEMS).without(denied), i -> !isSeen(i) && i > 600);
    }

    @Test
    void lowScoresAreLeftOut() {
        float least = ranker.recommend(HISTORY, 7).getLast().score();
        assertFinds(Query.of(HISTORY, 20).atLeast(least), i -> !isSeen(i) && scores[i] >= least);
        assertEquals(7, ranker.recommend(Query.of(HISTORY, 20).atLeast(least)).size());
        assertEquals(List.of(), ranker.recommend(Query.of(HISTORY, 20).atLeast(1e9f)));
        ItemSet few = ItemSet.of(1, 2, 3, 4, 6, 7);
        assertFinds(Query.of(HISTORY, 20).within(few).atLeast(0), i -> few.contains(i) && scores[i] >= 0);
    }

    @Test
    void similarItemsCanBeFilteredToo() {
        ItemSet few = ItemSet.of(IntStream.rangeClosed(1, 50).toArray());
        List<Integer> all = items(ranker.similar(7, ITEMS));
        assertEquals(all.stream().filter(i -> i <= 50 && i != 9).limit(5).toList(),
                items(ranker.similar(7, Query.of(new int[0], 5).within(few).excluding(9))));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ranker.recommend(Query.of(new int[] {ITEMS + 1}, 5)));
        assertThrows(IllegalArgumentException.class, () -> ranker.recommend(Query.of(HISTORY, -1)));
        assertThrows(IllegalArgumentException.class,
                () -> ranker.recommend(List.of(Query.of(HISTORY, 1), Query.of(HISTORY, 0))));
    }
}
