package io.padrec.core;

import io.padrec.core.FrequencyBins.Stratum;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rank of every evaluated user's target among all items, and the metrics that follow from it. Ranks count from 1;
 * {@link #MISS} stands for a target that may not be recommended because it already stands in the history.
 */
public final class Ranks {
    public static final int MISS = Integer.MAX_VALUE;

    private final int[] users;
    private final int[] targets;
    private final int[] ranks;

    public Ranks(int[] users, int[] targets, int[] ranks) {
        this.users = users;
        this.targets = targets;
        this.ranks = ranks;
    }

    /**
     * The rank of {@code target} among {@code scores}. Ties rank pessimistically: whatever scores as high as the target
     * stands before it, so a constant scorer scores as chance. A target that is not a number, or masked, is a miss.
     *
     * @param scores of one user, index = item number, 0 (padding) is ignored; masked items are negative infinity
     */
    public static int rank(float[] scores, int from, int items, int target) {
        float score = scores[from + target];
        if (!(score > Float.NEGATIVE_INFINITY)) {
            return MISS;
        }
        int rank = 0;
        for (int i = from + 1; i <= from + items; i++) {
            // Written so that a NaN elsewhere counts against the model, never for it.
            if (!(scores[i] < score)) {
                rank++;
            }
        }
        return rank;
    }

    public int size() {
        return ranks.length;
    }

    public int user(int index) {
        return users[index];
    }

    public int rank(int index) {
        return ranks[index];
    }

    /** Share of users whose target stands among the first {@code k}. */
    public double hitRate(int k) {
        return mean(hitsAt(k));
    }

    /** With one relevant item: 1 / log2(rank + 1) where rank ≤ k, else 0. */
    public double ndcg(int k) {
        return mean(ndcgAt(k));
    }

    /** Reciprocal rank where rank ≤ k, else 0. */
    public double mrr(int k) {
        return mean(Arrays.stream(ranks).mapToDouble(r -> r <= k ? 1.0 / r : 0).toArray());
    }

    public double[] hitsAt(int k) {
        return Arrays.stream(ranks).mapToDouble(r -> r <= k ? 1 : 0).toArray();
    }

    public double[] ndcgAt(int k) {
        return Arrays.stream(ranks).mapToDouble(r -> r <= k ? Math.log(2) / Math.log(r + 1.0) : 0).toArray();
    }

    /** The ranks of those users whose target belongs to the stratum. */
    public Ranks of(Stratum stratum, FrequencyBins bins) {
        int[] kept = IntStream.range(0, ranks.length).filter(i -> bins.stratum(targets[i]) == stratum).toArray();
        return new Ranks(pick(users, kept), pick(targets, kept), pick(ranks, kept));
    }

    private static int[] pick(int[] values, int[] indices) {
        return Arrays.stream(indices).map(i -> values[i]).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
