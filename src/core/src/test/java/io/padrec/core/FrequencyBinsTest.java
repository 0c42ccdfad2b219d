package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.FrequencyBins.Stratum;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrequencyBinsTest {
    private static int[] binsOf(FrequencyBins bins, int items) {
        return IntStream.rangeClosed(1, items).map(bins::bin).toArray();
    }

    @Test
    void binsCutByMassNotByCount() {
        // Mass 20, two bins of 10: the first item alone fills the first.
        assertArrayEquals(new int[] {0, 1, 1, 1, 1, 1},
                binsOf(new FrequencyBins(new int[] {0, 10, 2, 2, 2, 2, 2}, 2), 6));
    }

    @Test
    void anItemBelongsToTheBinOfItsFirstInteraction() {
        // Mass 12, three bins of 4: items begin at 0, 3, 6, 9.
        assertArrayEquals(new int[] {0, 0, 1, 2}, binsOf(new FrequencyBins(new int[] {0, 3, 3, 3, 3}, 3), 4));
    }

    @Test
    void itemsAreSortedByFrequencyAndTiesKeepTheirOrder() {
        // In order of frequency: item 3 (2), item 1 (1), item 2 (1), item 4 (0); they begin at 0, 2 and 3 of 4.
        assertArrayEquals(new int[] {2, 3, 0, 3}, binsOf(new FrequencyBins(new int[] {0, 1, 1, 2, 0}, 4), 4));
    }

    @Test
    void neverSeenItemsAreInTheLastBin() {
        FrequencyBins bins = new FrequencyBins(new int[] {0, 5, 0, 0}, 10);
        assertEquals(0, bins.bin(1));
        assertEquals(9, bins.bin(2));
        assertEquals(9, bins.bin(3));
    }

    @Test
    void withoutAnyInteractionEveryItemIsInTheLastBin() {
        assertArrayEquals(new int[] {9, 9}, binsOf(new FrequencyBins(new int[3], 10), 2));
    }

    @Test
    void binsOfALongTailHoldAboutEqualMass() {
        int items = 5000;
        SplittableRandom random = new SplittableRandom(3);
        int[] frequencies = new int[items + 1];
        for (int draw = 0; draw < 100_000; draw++) {
            frequencies[1 + (int) (items * Math.pow(random.nextDouble(), 4))]++;
        }
        FrequencyBins bins = new FrequencyBins(frequencies, 10);
        long[] mass = new long[10];
        int[] least = new int[10];
        int[] most = new int[10];
        java.util.Arrays.fill(least, Integer.MAX_VALUE);
        for (int i = 1; i <= items; i++) {
            int bin = bins.bin(i);
            mass[bin] += frequencies[i];
            least[bin] = Math.min(least[bin], frequencies[i]);
            most[bin] = Math.max(most[bin], frequencies[i]);
        }
        int widest = java.util.Arrays.stream(frequencies).max().orElseThrow();
        for (int bin = 0; bin < 10; bin++) {
            assertEquals(10_000, mass[bin], widest, "mass of bin " + bin);
            assertTrue(bin == 0 || most[bin] <= least[bin - 1], "bin " + bin + " is rarer than the one before");
        }
    }

    @Test
    void strataAreThirdsByMassAndNeverSeen() {
        FrequencyBins bins = new FrequencyBins(new int[] {0, 4, 2, 2, 1, 1, 1, 1, 0}, 10);
        assertEquals(Stratum.WARM, bins.stratum(1));
        assertEquals(Stratum.MEDIAN, bins.stratum(2));
        assertEquals(Stratum.MEDIAN, bins.stratum(3));
        assertEquals(Stratum.COLD, bins.stratum(4));
        assertEquals(Stratum.COLD, bins.stratum(7));
        assertEquals(Stratum.UNSEEN, bins.stratum(8));
    }

    @Test
    void frequenciesAreCopied() {
        int[] frequencies = {0, 1, 2};
        FrequencyBins bins = new FrequencyBins(frequencies, 2);
        frequencies[1] = 100;
        assertEquals(1, bins.frequency(1));
        assertEquals(2, bins.count());
    }
}
