package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.core.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopularTest {
    private static final int ITEMS = 20;

    /** Item i was bought i % 5 times. */
    private final Ranker ranker = Ranker.of(with(Tensor.of(IntStream.rangeClosed(0, ITEMS).map(i -> i % 5).toArray(), ITEMS + 1)),
            "popular");

    private static Bundle with(Tensor frequencies) {
        Bundle small = RandomBundle.small(ITEMS, 1);
        Map<String, Tensor> tensors = new LinkedHashMap<>(small.tensors());
        tensors.put("items.frequency", frequencies);
        return new Bundle(small.manifest(), tensors);
    }

    private static List<Integer> items(List<Recommendation> list) {
        return list.stream().map(Recommendation::item).toList();
    }

    private static Query first(int k) {
        return Query.of(new int[0], k);
    }

    @Test
    void theMostFrequentComeFirstAndEqualOnesByTheirNumbers() {
        List<Recommendation> popular = ranker.popular(first(6));
        assertEquals(List.of(4, 9, 14, 19, 3, 8), items(popular));
        assertEquals(4, popular.getFirst().score());
        assertEquals(0, popular.getFirst().shares().length);
        assertEquals(16, ranker.popular(first(100)).size());
    }

    @Test
    void itIsNarrowedLikeAnyQuery() {
        assertEquals(List.of(9, 19), items(ranker.popular(first(2).excluding(4, 14))));
        assertEquals(List.of(3, 7), items(ranker.popular(first(9).within(ItemSet.of(3, 7, 10)))));
        assertEquals(List.of(4, 9, 14, 19), items(ranker.popular(first(9).atLeast(4))));
        ranker.remove("item-4");
        assertEquals(List.of(9), items(ranker.popular(first(1))));
        assertTrue(ranker.restore("item-4"));
        assertEquals(List.of(4), items(ranker.popular(first(1))));
        assertFalse(ranker.restore("item-4"));
        assertFalse(ranker.restore("nothing"));
        assertThrows(IllegalArgumentException.class, () -> ranker.popular(first(0)));
    }

    @Test
    void aBundleThatDoesNotSayHasNone() {
        Ranker silent = Ranker.of(RandomBundle.small(ITEMS, 1), "silent");
        assertFalse(silent.knowsPopularity());
        assertTrue(silent.popular(first(3)).isEmpty());
        assertTrue(ranker.knowsPopularity());
        assertThrows(PadrecException.class, () -> Ranker.of(with(Tensor.of(new int[3], 3)), "short"));
    }

    @Test
    void theStagesOfARequestAreTold() {
        long[] told = new long[4];
        ranker.recommend(List.of(Query.of(new int[] {1, 2}, 3)), (encode, score, best) -> {
            told[0]++;
            told[1] += encode;
            told[2] += score;
            told[3] += best;
        });
        assertEquals(1, told[0]);
        assertTrue(told[1] > 0 && told[2] > 0 && told[3] > 0);
    }
}
