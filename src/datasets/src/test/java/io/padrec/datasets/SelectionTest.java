package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SelectionTest extends SourceFolder {
    @Test
    void takingAUserAwayMayTakeAnItemAway() throws IOException {
        // Without c, item 3 has but one interaction; without that, b has but one.
        file("interactions.csv", "user,item", "a,1", "a,2", "b,1", "b,3", "c,3", "d,1", "d,2");
        file("items.csv", "item,title", "1,Tea", "2,Milk", "3,Jam", "4,Rice");
        SourceDataset dataset = read(Format.CSV, folder, new Selection(OptionalDouble.empty(), 2, 0));
        assertEquals(Map.of("a", List.of("1", "2"), "d", List.of("1", "2")), histories(dataset));
        assertEquals(List.of("1=Tea", "2=Milk"), items(dataset));
        assertEquals("CSV from " + folder + ", 2-core", dataset.origin());
        assertSaid(() -> read(Format.CSV, folder, new Selection(OptionalDouble.empty(), 3, 0)), "no interaction is left",
                "3-core", "select less strictly");
    }

    @Test
    void theNewestOfALongHistoryAreKept() throws IOException {
        file("interactions.csv", "user,item,time,rating", "a,1,4,5", "a,2,3,5", "a,3,2,5", "a,4,1,5", "a,5,9,2.5", "b,1,1,3");
        SourceDataset dataset = read(Format.CSV, folder, new Selection(OptionalDouble.of(3), 0, 2));
        assertEquals(Map.of("a", List.of("2", "1"), "b", List.of("1")), histories(dataset));
        assertEquals(Map.of("a", List.of(3_000L, 4_000L), "b", List.of(1_000L)), times(dataset));
        assertEquals("CSV from " + folder + ", ratings of 3 or more, the newest 2 of each user", dataset.origin());
    }

    @Test
    void theCoreIsTheLargestInWhichEverybodyHasEnough() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] histories = new int[300][];
        Arrays.setAll(histories, u -> random.ints(1 + random.nextInt(9), 0, 150).toArray());
        int[][] core = Core.of(histories, item -> item, 150, 4);
        Map<Integer, Integer> counts = new HashMap<>();
        Arrays.stream(core).flatMapToInt(Arrays::stream).forEach(item -> counts.merge(item, 1, Integer::sum));
        assertTrue(!counts.isEmpty() && counts.values().stream().allMatch(count -> count >= 4), counts.toString());
        assertTrue(Arrays.stream(core).allMatch(history -> history.length == 0 || history.length >= 4));
        assertEquals(peeled(histories, 4), Arrays.stream(core).map(Arrays::toString).toList());
    }

    /** The core, by taking one user or item away at a time. */
    private static List<String> peeled(int[][] histories, int k) {
        int[][] left = histories.clone();
        while (true) {
            int[] counts = Core.counts(left, item -> item, 150);
            boolean done = true;
            for (int u = 0; u < left.length && done; u++) {
                int rare = Arrays.stream(left[u]).filter(item -> counts[item] < k).findFirst().orElse(-1);
                if (rare >= 0 || left[u].length > 0 && left[u].length < k) {
                    left[u] = rare < 0 ? new int[0] : Arrays.stream(left[u]).filter(item -> item != rare).toArray();
                    done = false;
                }
            }
            if (done) {
                return Arrays.stream(left).map(Arrays::toString).toList();
            }
        }
    }
}
