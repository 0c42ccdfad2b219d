package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopItemsTest {
    @Test
    void keepsWhatAFullSortPutsFirstWhateverTheOrderOfOffers() {
        Random random = new Random(1);
        for (int k = 1; k <= 40; k++) {
            float[] scores = new float[60];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextInt(10);
            }
            List<Integer> order = new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
            Collections.shuffle(order, random);
            TopItems best = new TopItems(k);
            order.forEach(i -> best.offer(i, scores[i]));
            assertEquals(sorted(scores).limit(k).toList(), taken(best));

            TopItems streamed = new TopItems(k);
            for (int i = 0; i < scores.length; i++) {
                if (streamed.wouldTakeNext(scores[i])) {
                    streamed.offer(i, scores[i]);
                }
            }
            assertEquals(sorted(scores).limit(k).toList(), taken(streamed));
        }
    }

    @Test
    void neverTakesWhatIsMaskedOrNotANumber() {
        TopItems best = new TopItems(3);
        best.offer(1, Float.NEGATIVE_INFINITY);
        best.offer(2, Float.NaN);
        best.offer(3, -1e30f);
        assertEquals(List.of(3), taken(best));
    }

    private static Stream<Integer> sorted(float[] scores) {
        return IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i));
    }

    private static List<Integer> taken(TopItems best) {
        List<Integer> items = new ArrayList<>();
        while (best.size() > 0) {
            items.addFirst(best.takeWorst());
        }
        return items;
    }
}
