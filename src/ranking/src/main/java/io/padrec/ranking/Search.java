package io.padrec.ranking;

import java.util.Arrays;

/** One request under way: what it looks for, what it may not find, and the best of what it has found. */
final class Search {
    private final float[] query;
    private final int[] masked;
    private final ItemSet within;
    private final ItemSet without;
    private final float minScore;
    private final TopItems best;

    /**
     * @param query [ΣD]
     * @param k     at most as many as there are items
     */
    Search(float[] query, int k, int[] masked, ItemSet within, ItemSet without, float minScore) {
        this.query = query;
        this.masked = masked.clone();
        Arrays.sort(this.masked);
        this.within = within;
        this.without = without;
        this.minScore = minScore;
        this.best = new TopItems(k);
    }

    static Search of(float[] query, Query asked, int items) {
        int[] seen = asked.includeSeen() ? new int[0] : asked.history();
        int[] masked = Arrays.copyOf(seen, seen.length + asked.excluded().length);
        System.arraycopy(asked.excluded(), 0, masked, seen.length, asked.excluded().length);
        return new Search(query, Math.min(asked.k(), items), masked, asked.within(), asked.without(), asked.minScore());
    }

    float[] query() {
        return query;
    }

    TopItems best() {
        return best;
    }

    int k() {
        return best.capacity();
    }

    /** The only items that it may find; null for all. */
    ItemSet within() {
        return within;
    }

    /** Upper bound of the items that it leaves out one by one. */
    int masked() {
        return masked.length;
    }

    boolean mayFind(Block block, int item) {
        return !block.isRemoved(item) && (within == null || within.contains(item))
                && (without == null || !without.contains(item)) && Arrays.binarySearch(masked, item) < 0;
    }

    void offer(int item, float score) {
        if (score >= minScore) {
            best.offer(item, score);
        }
    }

    /** Offers items that stand side by side, in rising order of their numbers over all calls. */
    void offerAll(Block block, int first, float[] scores, int count) {
        for (int i = 0; i < count; i++) {
            // The filters cost more than the comparison, and few items come this far.
            if (scores[i] >= minScore && best.wouldTakeNext(scores[i]) && mayFind(block, first + i)) {
                best.offer(first + i, scores[i]);
            }
        }
    }
}
