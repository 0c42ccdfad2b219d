package io.padrec.training;

import io.padrec.core.Split;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Cuts training sequences out of histories: for every position the next item is the target. */
final class Sampler {
    /**
     * One step's sequences, by item number.
     *
     * @param inputs    for each user at most L items, oldest first
     * @param targets   the item that followed each input
     * @param negatives an item sampled for each input, uniformly from the candidates not in the user's training sequence; or one
     *                  row of items drawn uniformly for all; none where the loss samples none
     */
    record Sequences(int[][] inputs, int[][] targets, int[][] negatives) {
    }

    /** Most negatives that all tokens of a batch share. */
    static final int SHARED = 256;

    private final Split split;
    private final int[] candidates;
    private final int length;

    /** @param candidates items that negatives are drawn from */
    Sampler(Split split, int[] candidates, int length) {
        this.split = split;
        this.candidates = candidates;
        this.length = length;
    }

    /** The users with at least one training target. */
    int[] users() {
        return IntStream.range(0, split.histories().users()).filter(u -> split.trainLength(u) >= 2).toArray();
    }

    /**
     * Log of each item's share of all training targets, [N + 1]; one that is never a target counts as half a time one.
     *
     * @param items N
     */
    float[] logShares(int items) {
        int[] counts = new int[items + 1];
        int total = 0;
        for (int[] targets : sample(users(), 0, Loss.Negatives.ALL).targets()) {
            for (int target : targets) {
                counts[target]++;
            }
            total += targets.length;
        }
        float[] logShares = new float[items + 1];
        for (int i = 1; i <= items; i++) {
            logShares[i] = (float) Math.log(Math.max(counts[i], 0.5) / total);
        }
        return logShares;
    }

    Sequences sample(int[] users, long seed, Loss.Negatives kind) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] inputs = new int[users.length][];
        int[][] targets = new int[users.length][];
        int[][] negatives = switch (kind) {
            case OWN -> new int[users.length][];
            case SHARED -> new int[][] {shared(random)};
            case ALL, IN_BATCH -> new int[0][];
        };
        for (int i = 0; i < users.length; i++) {
            int[] history = split.histories().first(users[i], split.trainLength(users[i]));
            int from = Math.max(0, history.length - 1 - length);
            inputs[i] = Arrays.copyOfRange(history, from, history.length - 1);
            targets[i] = Arrays.copyOfRange(history, from + 1, history.length);
            if (kind == Loss.Negatives.OWN) {
                negatives[i] = negatives(history, targets[i].length, random);
            }
        }
        return new Sequences(inputs, targets, negatives);
    }

    /** The share of a target's possible negatives that a batch's shared ones are, at most 1. */
    double sharedRate() {
        return candidates.length <= SHARED ? 1 : SHARED / (candidates.length - 1.0);
    }

    private int[] shared(SplittableRandom random) {
        return IntStream.generate(() -> candidates[random.nextInt(candidates.length)])
                .limit(Math.min(SHARED, candidates.length)).toArray();
    }

    private int[] negatives(int[] history, int count, SplittableRandom random) {
        Set<Integer> seen = new HashSet<>();
        Arrays.stream(history).forEach(seen::add);
        int[] negatives = new int[count];
        for (int t = 0; t < count; t++) {
            // A user who has seen every candidate has no true negative; any then stands in.
            do {
                negatives[t] = candidates[random.nextInt(candidates.length)];
            } while (seen.size() < candidates.length && seen.contains(negatives[t]));
        }
        return negatives;
    }
}
