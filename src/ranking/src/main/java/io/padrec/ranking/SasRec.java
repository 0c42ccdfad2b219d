package io.padrec.ranking;

import java.util.List;

/**
 * The SASRec encoder (PAD, section 2) at the history's last position. Histories are not padded: padding lies before the
 * history and is masked as a key, so leaving it out changes nothing. The last block computes its last position alone; nobody
 * reads the others.
 *
 * @param length    L, the longest history seen
 * @param positions [L, D]; the newest item stands at L - 1
 */
record SasRec(int width, int length, float[] positions, LayerNorm norm, List<SasRecBlock> blocks) implements Encoder {
    @Override
    public float[] encode(float[] items, int[] history) {
        int tokens = Math.min(length, history.length);
        float[] user = new float[width];
        if (tokens == 0) {
            return user;
        }
        float[] states = new float[tokens * width];                                    // [n, D]
        System.arraycopy(positions, (length - tokens) * width, states, 0, states.length);
        for (int t = 0; t < tokens; t++) {
            int item = history[history.length - tokens + t];
            Kernels.add(1, items, item * width, states, t * width, width);
        }
        int newest = tokens - 1;
        norm.apply(states, 0, tokens);
        for (int b = 0; b < blocks.size(); b++) {
            blocks.get(b).apply(states, tokens, b == blocks.size() - 1 ? newest : 0);
        }
        System.arraycopy(states, newest * width, user, 0, width);
        return user;
    }
}
