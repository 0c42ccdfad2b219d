package io.padrec.datasets;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The k-core of interactions: what is left when users and items with fewer than k are taken away until there is none. */
final class Core {
    private Core() {
    }

    /**
     * @param histories each user's rows
     * @param item      the item's number in a row
     * @param items     how many items there are
     * @return a history for each user, empty for those taken away
     */
    static int[][] of(int[][] histories, IntUnaryOperator item, int items, int k) {
        int[][] left = histories.clone();
        boolean changed = true;
        while (changed) {
            changed = false;
            int[] counts = counts(left, item, items);
            for (int u = 0; u < left.length; u++) {
                int[] kept = left[u].length < k ? new int[0]
                        : Arrays.stream(left[u]).filter(row -> counts[item.applyAsInt(row)] >= k).toArray();
                changed |= kept.length < left[u].length;
                left[u] = kept;
            }
        }
        return left;
    }

    /** How often each item occurs. */
    static int[] counts(int[][] histories, IntUnaryOperator item, int items) {
        int[] counts = new int[items];
        for (int[] history : histories) {
            for (int row : history) {
                counts[item.applyAsInt(row)]++;
            }
        }
        return counts;
    }
}
