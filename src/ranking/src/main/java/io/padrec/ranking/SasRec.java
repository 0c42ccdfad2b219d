package io.padrec.ranking;

import java.util.Arrays;
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
    public Scratch.Size size() {
        Scratch.Size size = new Scratch.Size(length, Dense.padded(width), 0, 0, 0);
        for (SasRecBlock block : blocks) {
            size = size.and(block.size());
        }
        return size;
    }

    @Override
    public void encode(Kernels kernels, Items.View items, int expert, int[] history, Scratch scratch, float[] user, int at) {
        int tokens = Math.min(length, history.length);
        int padded = Dense.padded(width);
        float[] states = scratch.states;                                               // [n, D]
        for (int t = 0; t < tokens; t++) {
            int state = t * padded;
            items.read(history[history.length - tokens + t], expert, states, state);
            Arrays.fill(states, state + width, state + padded, 0);
            int position = (length - tokens + t) * width;
            for (int i = 0; i < width; i++) {
                states[state + i] += positions[position + i];
            }
        }
        int newest = tokens - 1;
        norm.apply(kernels, states, 0, tokens);
        for (int b = 0; b < blocks.size(); b++) {
            blocks.get(b).apply(kernels, scratch, tokens, b == blocks.size() - 1 ? newest : 0);
        }
        System.arraycopy(states, newest * padded, user, at, width);
        Arrays.fill(user, at + width, at + Kernels.padded(width), 0);
    }
}
