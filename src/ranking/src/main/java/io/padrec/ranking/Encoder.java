package io.padrec.ranking;

/** One expert's sequence encoder: a history to the vector that the expert's item vectors are multiplied with. */
interface Encoder {
    /**
     * @param items   the expert's item vectors, [N + 1, D]
     * @param history item numbers 1..N, oldest first, of any length; only the newest that the encoder sees count
     * @return the user's vector [D]; zero where the history is empty
     */
    float[] encode(float[] items, int[] history);
}
