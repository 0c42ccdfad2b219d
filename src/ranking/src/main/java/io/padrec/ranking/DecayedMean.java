package io.padrec.ranking;

import java.util.Arrays;

/**
 * An encoder without weights: u = Σ decay^age · v over the newest {@code length} items (age 0 is the newest), scaled to
 * length one. With whitened text vectors it is the text kNN of PAD's table.
 */
record DecayedMean(int width, int length, double decay) implements Encoder {
    @Override
    public Scratch.Size size() {
        return Scratch.Size.NOTHING;
    }

    @Override
    public void encode(Kernels kernels, Items.View items, int expert, int[] history, Scratch scratch, float[] user, int at) {
        int padded = Kernels.padded(width);
        Arrays.fill(user, at, at + padded, 0);
        Arrays.fill(scratch.row, width, padded, 0);
        double weight = 1;
        for (int i = history.length - 1; i >= Math.max(0, history.length - length); i--) {
            items.read(history[i], expert, scratch.row, 0);
            kernels.add((float) weight, scratch.row, 0, user, at, padded);
            weight *= decay;
        }
        double norm = Math.sqrt(kernels.product(user, at, user, at, padded));
        if (norm > 0) {
            float scale = (float) (1 / norm);
            for (int i = at; i < at + width; i++) {
                user[i] *= scale;
            }
        }
    }
}
