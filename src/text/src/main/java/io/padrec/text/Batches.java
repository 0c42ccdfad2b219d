package io.padrec.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts texts into batches of about equal length, so that little padding is computed, and of bounded size, so that memory is
 * bounded. Longest first: the last batches to finish are the quick ones, and all threads end at about the same time.
 */
final class Batches {
    private Batches() {
    }

    /**
     * @param lengths   length of each text, in tokens or characters
     * @param maxLength what a batch may hold, padding included; a longer text is a batch of its own
     * @param maxTexts  texts that a batch may hold
     * @return the texts' indices, batch by batch, each batch longest first
     */
    static List<int[]> byLength(int[] lengths, int maxLength, int maxTexts) {
        int[] longestFirst = IntStream.range(0, lengths.length).boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -lengths[i])).mapToInt(Integer::intValue).toArray();
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < longestFirst.length;) {
            int rows = Math.clamp(maxLength / Math.max(1, lengths[longestFirst[from]]), 1, maxTexts);
            int to = Math.min(longestFirst.length, from + rows);
            batches.add(Arrays.copyOfRange(longestFirst, from, to));
            from = to;
        }
        return batches;
    }
}
