package io.padrec.ranking;

/**
 * What is asked of a {@link Ranker}.
 *
 * @param history     item numbers, oldest first; duplicates allowed
 * @param k           how many items, at least 1
 * @param excluded    items that are left out beside those of the history
 * @param includeSeen items of the history may be recommended again
 * @param within      the only items that may be recommended; null for all
 * @param without     items that may not be recommended; null for none
 * @param minScore    items of a lower score are left out
 */
public record Query(int[] history, int k, int[] excluded, boolean includeSeen, ItemSet within, ItemSet without,
        float minScore) {
    private static final int[] NONE = {};

    /** The best {@code k} items that are not in the history. */
    public static Query of(int[] history, int k) {
        return new Query(history, k, NONE, false, null, null, Float.NEGATIVE_INFINITY);
    }

    public Query excluding(int... items) {
        return new Query(history, k, items, includeSeen, within, without, minScore);
    }

    public Query includingSeen() {
        return new Query(history, k, excluded, true, within, without, minScore);
    }

    public Query within(ItemSet items) {
        return new Query(history, k, excluded, includeSeen, items, without, minScore);
    }

    public Query without(ItemSet items) {
        return new Query(history, k, excluded, includeSeen, within, items, minScore);
    }

    public Query atLeast(float score) {
        return new Query(history, k, excluded, includeSeen, within, without, score);
    }
}
