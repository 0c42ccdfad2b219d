package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.padrec.core.FrequencyBins;
import io.padrec.core.Split;
import io.padrec.core.Split.Stage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits the gates of experts that were trained apart: for each expert a weight and a slope over the frequency bins,
 * g_k(b) = exp(w_k + s_k · r(b)) with the rarity r(b) = b / (bins - 1) - 1/2, so that nDCG@10 on the users' validation items is
 * highest. Where the gates look at histories too, an expert's share is also multiplied by exp(t_k · r) of the newest item: what
 * experts make of a history that ends in a rare item, one that they have hardly learned, differs much.
 *
 * <p>Held-out steps, because on training steps an expert that memorised them looks better than it is. The metric itself, by
 * coordinate search, because the likelihood spends weight on ranks that nobody sees: its gates lose nDCG and bury unseen
 * items. Two or three numbers an expert, because a free weight for each bin overfits. Only candidates that some expert ranks among its
 * first {@value #TOP} are compared, which is what makes hundreds of trials cheap.
 */
final class GateSearch {
    private static final int TOP = 100;
    private static final int CHUNK = 256;
    private static final int DEPTH = 10;
    private static final double[] STEPS = {0.8, 0.4, 0.2, 0.1, 0.4, 0.2, 0.1, 0.05};
    private static final double ENOUGH = 1e-6;

    private final int experts;
    private final int bins;
    /** Of each user, the target's scores and then each candidate's, K numbers each. */
    private final float[][] scores;
    /** Of each user, the bins of the target and of each candidate. */
    private final byte[][] binOf;
    /** Of each user's newest item. */
    private final byte[] newestBinOf;
    private final boolean withHistory;

    /**
     * @param recommender the experts; its gate is not used
     * @param withHistory whether the gates look at the history's newest item too
     */
    GateSearch(Recommender recommender, Split split, FrequencyBins bins, int items, boolean withHistory) {
        this.experts = recommender.experts().size();
        this.bins = bins.count();
        this.withHistory = withHistory;
        int[] users = split.evaluatedUsers(Stage.VALIDATION);
        this.newestBinOf = new byte[users.length];
        this.scores = new float[users.length][];
        this.binOf = new byte[users.length][];
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<NDArray> tables = recommender.tables();
            for (int from = 0; from < users.length; from += CHUNK) {
                int[] chunk = Arrays.copyOfRange(users, from, Math.min(users.length, from + CHUNK));
                int[][] histories = Arrays.stream(chunk)
                        .mapToObj(u -> split.histories().first(u, split.contextLength(u, Stage.VALIDATION)))
                        .toArray(int[][]::new);
                for (int b = 0; b < histories.length; b++) {
                    newestBinOf[from + b] = (byte) bins.bin(histories[b][histories[b].length - 1]);
                }
                float[][] all = expertScores(recommender, tables, histories);
                int first = from;
                IntStream.range(0, chunk.length).parallel().forEach(b -> keep(first + b, all, b, histories[b],
                        split.target(chunk[b], Stage.VALIDATION), bins, items));
            }
        }
    }

    /** Scores [B, N + 1] of each expert. */
    private static float[][] expertScores(Recommender recommender, List<NDArray> tables, int[][] histories) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<NDArray> states = recommender.newestStatesOfEach(tables, histories);
            return IntStream.range(0, tables.size())
                    .mapToObj(k -> states.get(k).matMul(tables.get(k).transpose()).toFloatArray()).toArray(float[][]::new);
        }
    }

    private void keep(int user, float[][] all, int row, int[] history, int target, FrequencyBins frequencies, int items) {
        int from = row * (items + 1);
        BitSet seen = new BitSet();
        seen.set(0);
        Arrays.stream(history).forEach(seen::set);
        if (seen.get(target)) {
            // A target that may not be recommended is a miss under any gate.
            scores[user] = new float[0];
            binOf[user] = new byte[0];
            return;
        }
        BitSet candidates = new BitSet();
        for (float[] expert : all) {
            float threshold = threshold(expert, from, items, seen);
            for (int i = 1; i <= items; i++) {
                if (expert[from + i] >= threshold && !seen.get(i)) {
                    candidates.set(i);
                }
            }
        }
        candidates.clear(target);
        int[] kept = IntStream.concat(IntStream.of(target), candidates.stream()).toArray();
        scores[user] = new float[kept.length * experts];
        binOf[user] = new byte[kept.length];
        for (int c = 0; c < kept.length; c++) {
            binOf[user][c] = (byte) frequencies.bin(kept[c]);
            for (int k = 0; k < experts; k++) {
                scores[user][c * experts + k] = all[k][from + kept[c]];
            }
        }
    }

    /** The score of the {@value #TOP}th best unseen item. An expert that ties most items has no best ones to offer. */
    private static float threshold(float[] scores, int from, int items, BitSet seen) {
        float[] unseen = new float[items];
        int n = 0;
        for (int i = 1; i <= items; i++) {
            if (!seen.get(i)) {
                unseen[n++] = scores[from + i];
            }
        }
        Arrays.sort(unseen, 0, n);
        return unseen[Math.max(0, n - TOP)];
    }

    /**
     * Searches from weights of equal effect: one over the spread of each expert's scores.
     *
     * @return the gate that was found best
     */
    Gate.Finished run(java.util.function.BiConsumer<Integer, Double> progress) {
        double[] point = new double[(withHistory ? 3 : 2) * experts];
        for (int k = 0; k < experts; k++) {
            point[k] = -Math.log(Math.max(spread(k), 1e-9));
        }
        double best = ndcg(point);
        for (int s = 0; s < STEPS.length; s++) {
            for (int i = 0; i < point.length; i++) {
                // The scale of all weights together changes no rank, nor does that of all of a user's, so the first expert's are held.
                if (i == 0 || i == 2 * experts) {
                    continue;
                }
                for (double step : new double[] {STEPS[s], -STEPS[s]}) {
                    while (true) {
                        point[i] += step;
                        double moved = ndcg(point);
                        if (moved <= best + ENOUGH) {
                            point[i] -= step;
                            break;
                        }
                        best = moved;
                    }
                }
            }
            progress.accept(s + 1, best);
        }
        float[] weights = weights(point);
        double top = 0;
        for (float weight : weights) {
            top = Math.max(top, weight);
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= (float) top;
        }
        return new Gate.Finished(weights, bins, withHistory ? factors(point) : null);
    }

    static int rounds() {
        return STEPS.length;
    }

    private float[] weights(double[] point) {
        float[] weights = new float[bins * experts];
        for (int b = 0; b < bins; b++) {
            for (int k = 0; k < experts; k++) {
                weights[b * experts + k] = (float) Math.exp(point[k] + point[experts + k] * rarity(b));
            }
        }
        return weights;
    }

    /** What the gate makes of histories, [bins, K] row by row. */
    private float[] factors(double[] point) {
        float[] factors = new float[bins * experts];
        for (int b = 0; b < bins; b++) {
            for (int k = 0; k < experts; k++) {
                factors[b * experts + k] = (float) Math.exp(withHistory ? point[2 * experts + k] * rarity(b) : 0);
            }
        }
        return factors;
    }

    private double rarity(int bin) {
        return bins == 1 ? 0 : bin / (bins - 1.0) - 0.5;
    }

    private double ndcg(double[] point) {
        float[] weights = weights(point);
        float[] factors = factors(point);
        double[] gains = new double[scores.length];
        IntStream.range(0, scores.length).parallel().forEach(u -> gains[u] = gain(u, weights, factors));
        return Arrays.stream(gains).sum() / gains.length;
    }

    private double gain(int user, float[] weights, float[] factors) {
        if (binOf[user].length == 0) {
            return 0;
        }
        float target = score(user, 0, weights, factors);
        int rank = 1;
        for (int c = 1; c < binOf[user].length && rank <= DEPTH; c++) {
            if (score(user, c, weights, factors) >= target) {
                rank++;
            }
        }
        return rank <= DEPTH ? Math.log(2) / Math.log(rank + 1.0) : 0;
    }

    private float score(int user, int candidate, float[] weights, float[] factors) {
        float sum = 0;
        for (int k = 0; k < experts; k++) {
            sum += weights[binOf[user][candidate] * experts + k] * factors[newestBinOf[user] * experts + k]
                    * scores[user][candidate * experts + k];
        }
        return sum;
    }

    /** Standard deviation of an expert's scores over the candidates of all users. */
    private double spread(int expert) {
        double sum = 0;
        double squares = 0;
        long n = 0;
        for (float[] user : scores) {
            for (int i = expert; i < user.length; i += experts) {
                sum += user[i];
                squares += (double) user[i] * user[i];
                n++;
            }
        }
        double mean = n == 0 ? 0 : sum / n;
        return n == 0 ? 1 : Math.sqrt(Math.max(0, squares / n - mean * mean));
    }
}
