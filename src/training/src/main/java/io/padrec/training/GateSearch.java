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
 * g_k(b) = exp(w_k + s_k · (b / (bins - 1) - 1/2)), so that nDCG@10 on the users' validation items is highest.
 *
 * <p>Held-out steps, because on training steps an expert that memorised them looks better than it is. The metric itself, by
 * coordinate search, because the likelihood spends weight on ranks that nobody sees: its gates lose nDCG and bury unseen
 * items. Two numbers an expert, because a free weight for each bin overfits. Only candidates that some expert ranks among its
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

    /**
     * @param recommender the experts; its gate is not used
     */
    GateSearch(Recommender recommender, Split split, FrequencyBins bins, int items) {
        this.experts = recommender.experts().size();
        this.bins = bins.count();
        int[] users = split.evaluatedUsers(Stage.VALIDATION);
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
     * @return gate weights [bins, K] row by row
     */
    float[] run(java.util.function.BiConsumer<Integer, Double> progress) {
        double[] point = new double[2 * experts];
        for (int k = 0; k < experts; k++) {
            point[k] = -Math.log(Math.max(spread(k), 1e-9));
        }
        double best = ndcg(weights(point));
        for (int s = 0; s < STEPS.length; s++) {
            // The scale of all weights together changes no rank, so the first expert's is held.
            for (int i = 1; i < point.length; i++) {
                for (double step : new double[] {STEPS[s], -STEPS[s]}) {
                    while (true) {
                        point[i] += step;
                        double moved = ndcg(weights(point));
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
        return weights;
    }

    static int rounds() {
        return STEPS.length;
    }

    private float[] weights(double[] point) {
        float[] weights = new float[bins * experts];
        for (int b = 0; b < bins; b++) {
            double rarity = bins == 1 ? 0 : b / (bins - 1.0) - 0.5;
            for (int k = 0; k < experts; k++) {
                weights[b * experts + k] = (float) Math.exp(point[k] + point[experts + k] * rarity);
            }
        }
        return weights;
    }

    private double ndcg(float[] weights) {
        double[] gains = new double[scores.length];
        IntStream.range(0, scores.length).parallel().forEach(u -> gains[u] = gain(u, weights));
        return Arrays.stream(gains).sum() / gains.length;
    }

    private double gain(int user, float[] weights) {
        if (binOf[user].length == 0) {
            return 0;
        }
        float target = score(user, 0, weights);
        int rank = 1;
        for (int c = 1; c < binOf[user].length && rank <= DEPTH; c++) {
            if (score(user, c, weights) >= target) {
                rank++;
            }
        }
        return rank <= DEPTH ? Math.log(2) / Math.log(rank + 1.0) : 0;
    }

    private float score(int user, int candidate, float[] weights) {
        float sum = 0;
        for (int k = 0; k < experts; k++) {
            sum += weights[binOf[user][candidate] * experts + k] * scores[user][candidate * experts + k];
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
