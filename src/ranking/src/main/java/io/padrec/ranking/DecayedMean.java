package io.padrec.ranking;

/**
 * An encoder without weights: u = Σ decay^age · v over the newest {@code length} items (age 0 is the newest), scaled to
 * length one. With whitened text vectors it is the text kNN of PAD's table.
 */
record DecayedMean(int width, int length, double decay) implements Encoder {
    @Override
    public float[] encode(float[] items, int[] history) {
        float[] user = new float[width];
        double weight = 1;
        for (int i = history.length - 1; i >= Math.max(0, history.length - length); i--) {
            Kernels.add((float) weight, items, history[i] * width, user, 0, width);
            weight *= decay;
        }
        double norm = Math.sqrt(Kernels.product(user, 0, user, 0, width));
        if (norm > 0) {
            float scale = (float) (1 / norm);
            for (int i = 0; i < width; i++) {
                user[i] *= scale;
            }
        }
        return user;
    }
}
