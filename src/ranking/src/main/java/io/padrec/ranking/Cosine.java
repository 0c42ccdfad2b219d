package io.padrec.ranking;

/**
 * An encoder whose vectors are all of one length, as its expert's item vectors are, so that the inner product of both is their
 * cosine over a temperature τ.
 *
 * @param length 1/√τ
 */
record Cosine(Encoder raw, int width, float length) implements Encoder {
    /** Added to the square of a vector's length, as in training; so a zero vector stays zero. */
    private static final double SMALLEST = 1e-12;

    @Override
    public Scratch.Size size() {
        return raw.size();
    }

    @Override
    public void encode(Kernels kernels, Items.View items, int expert, int[] history, Scratch scratch, float[] user, int at) {
        raw.encode(kernels, items, expert, history, scratch, user, at);
        scale(user, at, width, length);
    }

    /** Brings a vector to the length, in place. */
    static void scale(float[] vector, int at, int width, float length) {
        double squares = SMALLEST;
        for (int i = at; i < at + width; i++) {
            squares += (double) vector[i] * vector[i];
        }
        float scale = (float) (length / Math.sqrt(squares));
        for (int i = at; i < at + width; i++) {
            vector[i] *= scale;
        }
    }
}
