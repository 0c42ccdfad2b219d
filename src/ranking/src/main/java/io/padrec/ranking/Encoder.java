package io.padrec.ranking;

/** An expert's sequence encoder: a history to the vector that the expert's item vectors are multiplied with. */
interface Encoder {
    /** The memory that it works in. */
    Scratch.Size size();

    /**
     * @param items   where item vectors are read
     * @param expert  whose encoder it is
     * @param history item numbers, oldest first, at least one; only the newest that the encoder sees count
     * @param user    receives the user's vector [D] from {@code at} on
     */
    void encode(Kernels kernels, Items.View items, int expert, int[] history, Scratch scratch, float[] user, int at);
}
