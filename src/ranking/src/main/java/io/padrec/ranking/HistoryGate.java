package io.padrec.ranking;

/**
 * How much each expert's vector of a user counts, by the frequency bin of the history's newest item.
 *
 * @param weights [bins, K] row by row; the last bin is the coldest
 * @param bins    of the bundle's items, [N + 1]; items that came later are in the coldest
 */
record HistoryGate(float[] weights, int[] bins) {
    /**
     * @param newest the history's newest item
     * @param user   the experts' vectors side by side
     */
    void weigh(int newest, Layout layout, float[] user) {
        int experts = layout.experts();
        int bin = newest < bins.length ? bins[newest] : weights.length / experts - 1;
        for (int k = 0; k < experts; k++) {
            float weight = weights[bin * experts + k];
            for (int d = 0, at = layout.starts()[k]; d < layout.widths()[k]; d++, at++) {
                user[at] *= weight;
            }
        }
    }
}
