package io.padrec.ranking;

/** Layer normalisation over the last axis, with the biased variance. */
record LayerNorm(float[] weight, float[] bias) {
    private static final double EPSILON = 1e-6;

    /** Normalises {@code rows} rows of x from row {@code first} on, in place. */
    void apply(float[] x, int first, int rows) {
        for (int r = first; r < first + rows; r++) {
            apply(x, r * weight.length);
        }
    }

    private void apply(float[] x, int at) {
        int width = weight.length;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < width; i++) {
            sum += x[at + i];
        }
        float mean = (float) (sum / width);
        for (int i = 0; i < width; i++) {
            float centred = x[at + i] - mean;
            squares += centred * centred;
        }
        float scale = (float) (1 / Math.sqrt(squares / width + EPSILON));
        for (int i = 0; i < width; i++) {
            x[at + i] = (x[at + i] - mean) * scale * weight[i] + bias[i];
        }
    }
}
