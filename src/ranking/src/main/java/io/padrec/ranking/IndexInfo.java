package io.padrec.ranking;

/**
 * How a ranker searches its items.
 *
 * @param recall  share of the exact ten best that the approximate ten held on sample queries; 1 where search is exact by choice,
 *                NaN while there is nothing to measure
 * @param seconds that building took so far
 * @param beam    candidates that an approximate search keeps, chosen for the recall; 0 where search is exact
 * @param error   why there is no index, or null
 */
public record IndexInfo(State state, double recall, double seconds, int beam, String error) {
    /** What an index may be at. */
    public enum State {
        /** The catalogue is small enough to be searched exactly. */
        NONE,
        /** Search is exact until the index is ready. */
        BUILDING,
        /** Search is approximate. */
        READY,
        /** No beam reached the recall asked for; search stays exact. */
        REFUSED,
        /** Building broke off; search stays exact. */
        FAILED
    }

    static final IndexInfo NONE = new IndexInfo(State.NONE, 1, 0, 0, null);

    /** Whether answers are approximate. */
    public boolean isReady() {
        return state == State.READY;
    }
}
