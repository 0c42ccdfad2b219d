package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Sequences of one step, packed: P real tokens one after the other. Only attention needs the padded form [B, S], where S is
 * the batch's longest sequence and the newest item stands at the last slot.
 */
final class Batch {
    private static final float MASKED = -1e9f;

    final int users;
    final int slots;
    /** Item row of each token, [P]. */
    final NDArray items;
    /** Position of each token in the model's window, [P]; the newest is L - 1. */
    final NDArray positions;
    /** For each padded slot the token that stands there, counted from 1; 0 = none, [B * S]. */
    final NDArray tokenOfSlot;
    /** For each token its padded slot, [P]. */
    final NDArray slotOfToken;
    /** Added to attention scores: 0 where a token may look, else a large negative number, [B, 1, S, S]. */
    final NDArray mask;
    /** The token of each user's newest item, [B]. */
    final NDArray last;
    private final int[] lengths;
    private final boolean packed;

    /**
     * @param sequences item rows, oldest first, at least one and at most {@code length} each
     * @param length    L
     * @param packed    false gives padding slots tokens of their own (row 0), the unpacked rival of the benchmark
     */
    Batch(NDManager manager, int[][] sequences, int length, boolean packed) {
        this.packed = packed;
        lengths = Arrays.stream(sequences).mapToInt(s -> s.length).toArray();
        users = sequences.length;
        slots = packed ? Arrays.stream(lengths).max().orElse(1) : length;
        int tokens = packed ? Arrays.stream(lengths).sum() : users * slots;
        int[] item = new int[tokens];
        int[] position = new int[tokens];
        int[] slotOf = new int[tokens];
        int[] tokenOf = new int[users * slots];
        int[] newest = new int[users];
        float[] masks = new float[users * slots * slots];
        int token = 0;
        for (int b = 0; b < users; b++) {
            int padding = slots - sequences[b].length;
            for (int s = packed ? padding : 0; s < slots; s++) {
                item[token] = s < padding ? 0 : sequences[b][s - padding];
                position[token] = length - slots + s;
                slotOf[token] = b * slots + s;
                tokenOf[b * slots + s] = token + 1;
                token++;
            }
            newest[b] = token - 1;
            for (int query = 0; query < slots; query++) {
                int from = (b * slots + query) * slots;
                Arrays.fill(masks, from, from + padding, MASKED);
                Arrays.fill(masks, from + Math.max(padding, query + 1), from + slots, MASKED);
            }
        }
        items = manager.create(item);
        positions = manager.create(position);
        slotOfToken = manager.create(slotOf);
        tokenOfSlot = manager.create(tokenOf);
        last = manager.create(newest);
        mask = manager.create(masks, new Shape(users, 1, slots, slots));
    }
    /**
     * For each token the {@code size} newest tokens of its user up to itself, oldest first, counted from 1; 0 = none, as at all
     * of a padding token's, [P, size].
     */
    NDArray windows(int size) {
        int tokens = Math.toIntExact(items.size());
        int[] windows = new int[tokens * size];
        int token = 0;
        for (int b = 0; b < users; b++) {
            token += packed ? 0 : slots - lengths[b];
            for (int t = 0; t < lengths[b]; t++, token++) {
                for (int age = 0; age < Math.min(size, t + 1); age++) {
                    windows[token * size + size - 1 - age] = token - age + 1;
                }
            }
        }
        return items.getManager().create(windows, new Shape(tokens, size));
    }
}
