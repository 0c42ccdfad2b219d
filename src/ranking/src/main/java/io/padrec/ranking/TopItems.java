package io.padrec.ranking;

/**
 * The best k of a stream of items: a heap of at most k entries whose root is the worst of them, so most items cost one
 * comparison. Of equal scores the lower item number is the better.
 */
final class TopItems {
    private final int[] items;
    private final float[] scores;
    private int size;

    /** @param k at least 1 */
    TopItems(int k) {
        this.items = new int[k];
        this.scores = new float[k];
    }

    int size() {
        return size;
    }

    /** Most items that it keeps. */
    int capacity() {
        return items.length;
    }

    /** Takes an item in if it is among the best so far; negative infinity and NaN never are. */
    void offer(int item, float score) {
        if (!(score > Float.NEGATIVE_INFINITY)) {
            return;
        }
        if (size < items.length) {
            put(size++, item, score);
            rise(size - 1);
        } else if (isWorse(scores[0], items[0], score, item)) {
            put(0, item, score);
            sink(0);
        }
    }

    /** Whether an item whose number is higher than all before would be among the best so far. */
    boolean wouldTakeNext(float score) {
        return size < items.length || score > scores[0];
    }

    /** Takes the worst of the kept items out. */
    int takeWorst() {
        int worst = items[0];
        size--;
        put(0, items[size], scores[size]);
        sink(0);
        return worst;
    }

    /** The score of the worst of the kept items. */
    float worstScore() {
        return scores[0];
    }

    private void rise(int at) {
        int parent = (at - 1) / 2;
        if (at > 0 && isWorse(at, parent)) {
            swap(at, parent);
            rise(parent);
        }
    }

    private void sink(int at) {
        int child = 2 * at + 1;
        if (child >= size) {
            return;
        }
        if (child + 1 < size && isWorse(child + 1, child)) {
            child++;
        }
        if (isWorse(child, at)) {
            swap(child, at);
            sink(child);
        }
    }

    private boolean isWorse(int a, int b) {
        return isWorse(scores[a], items[a], scores[b], items[b]);
    }

    private static boolean isWorse(float score, int item, float otherScore, int otherItem) {
        return score < otherScore || score == otherScore && item > otherItem;
    }

    private void swap(int a, int b) {
        int item = items[a];
        float score = scores[a];
        put(a, items[b], scores[b]);
        put(b, item, score);
    }

    private void put(int at, int item, float score) {
        items[at] = item;
        scores[at] = score;
    }
}
