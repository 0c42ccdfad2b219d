package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private final int[] lengths = new Random(7).ints(1000, 2, 90).toArray();

    @Test
    void everyTextStandsInExactlyOneBatch() {
        int[] all = Batches.byLength(lengths, 300, 1000).stream().flatMapToInt(Arrays::stream).sorted().toArray();
        assertArrayEquals(IntStream.range(0, 1000).toArray(), all);
    }

    @Test
    void noBatchHoldsMoreTokensThanAllowed() {
        for (int[] batch : Batches.byLength(lengths, 300, 1000)) {
            assertTrue(batch.length * lengths[batch[0]] <= 300);
        }
    }

    @Test
    void noBatchHoldsMoreTextsThanAllowed() {
        assertTrue(Batches.byLength(lengths, 300, 4).stream().allMatch(batch -> batch.length <= 4));
        assertEquals(250, Batches.byLength(new int[1000], 300, 4).size());
    }

    @Test
    void littlePaddingIsComputed() {
        int computed = Batches.byLength(lengths, 300, 1000).stream().mapToInt(b -> b.length * lengths[b[0]]).sum();
        assertTrue(computed < 1.02 * Arrays.stream(lengths).sum(), "computed " + computed);
    }

    @Test
    void aTextLongerThanABatchIsOneOfItsOwn() {
        List<int[]> batches = Batches.byLength(new int[] {10, 900, 10}, 300, 1000);
        assertEquals(2, batches.size());
        assertArrayEquals(new int[] {1}, batches.get(0));
        assertArrayEquals(new int[] {0, 2}, batches.get(1));
    }

    @Test
    void noTextsMakeNoBatches() {
        assertTrue(Batches.byLength(new int[0], 300, 1000).isEmpty());
    }
}
