package io.padrec.ranking;

/**
 * How a ranker keeps and searches its items.
 *
 * @param precision    of the item vectors
 * @param exactUpTo    catalogues of up to that many items are searched exactly; for larger ones an approximate index is built
 *                     in the background, and they are searched exactly until it is ready
 * @param recall       share of the exact ten best that the approximate ten must hold on sample queries; where it cannot, search
 *                     stays exact
 * @param indexThreads threads that build the index
 */
public record RankerOptions(Precision precision, int exactUpTo, double recall, int indexThreads) {
    /** float32, exact up to 200 000 items, recall 0.99, an index built on half of the processors. */
    public static final RankerOptions DEFAULT = new RankerOptions(Precision.FLOAT32, 200_000, 0.99,
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    public RankerOptions {
        if (exactUpTo < 0 || !(recall > 0 && recall <= 1) || indexThreads < 1) {
            throw new IllegalArgumentException("exactUpTo is " + exactUpTo + ", recall " + recall + ", indexThreads "
                    + indexThreads + "; they must be at least 0, in (0, 1], and at least 1");
        }
    }

    public RankerOptions with(Precision other) {
        return new RankerOptions(other, exactUpTo, recall, indexThreads);
    }

    public RankerOptions withExactUpTo(int items) {
        return new RankerOptions(precision, items, recall, indexThreads);
    }

    public RankerOptions withRecall(double share) {
        return new RankerOptions(precision, exactUpTo, share, indexThreads);
    }

    public RankerOptions withIndexThreads(int threads) {
        return new RankerOptions(precision, exactUpTo, recall, threads);
    }
}
