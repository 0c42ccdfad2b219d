package io.padrec.core;

import io.padrec.core.Split.Stage;
import java.util.Arrays;

/**
 * Full ranking over all items, never over sampled candidates (PAD, section 5 of the protocol). The items of the user's
 * history before the target are masked; a target that stands among them is a miss.
 */
public final class FullRanking {
    private static final int BATCH = 256;

    /** Scores all items for a batch of histories. */
    @FunctionalInterface
    public interface Scorer {
        /**
         * @param histories item numbers, oldest first, one row a user
         * @return scores [B, N + 1] row by row; column 0 (padding) is ignored
         */
        float[] score(int[][] histories);
    }

    private FullRanking() {
    }

    /** Ranks the stage's target of every user who is evaluated at the stage. */
    public static Ranks evaluate(Split split, Stage stage, int items, Scorer scorer) {
        return evaluate(split, stage, items, split.evaluatedUsers(stage), scorer);
    }

    /** Ranks the stage's target of the given users. */
    public static Ranks evaluate(Split split, Stage stage, int items, int[] users, Scorer scorer) {
        int[] targets = new int[users.length];
        int[] ranks = new int[users.length];
        for (int from = 0; from < users.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(users, from, Math.min(users.length, from + BATCH));
            int[][] histories = Arrays.stream(batch)
                    .mapToObj(u -> split.histories().first(u, split.contextLength(u, stage))).toArray(int[][]::new);
            float[] scores = scorer.score(histories);
            for (int b = 0; b < batch.length; b++) {
                int row = b * (items + 1);
                for (int seen : histories[b]) {
                    scores[row + seen] = Float.NEGATIVE_INFINITY;
                }
                targets[from + b] = split.target(batch[b], stage);
                ranks[from + b] = Ranks.rank(scores, row, items, targets[from + b]);
            }
        }
        return new Ranks(users, targets, ranks);
    }
}
