package io.padrec.ranking;

import java.util.Arrays;

/**
 * The GRU4Rec encoder (Hidasi et al., 2016): a gated recurrent unit without biases over the history, then a linear layer
 * and LayerNorm.
 *
 * <pre>
 * r = σ(W_r x + U_r h),  z = σ(W_z x + U_z h),  n = tanh(W_n x + r · (U_n h)),  h' = n + z · (h - n)
 * </pre>
 *
 * @param length    L, the longest history seen
 * @param input     W: D → the three gates, each padded to whole panels, for all items at once
 * @param recurrent U, the same of the hidden state
 * @param output    hidden state → D
 */
record Gru4Rec(int width, int length, Dense input, Dense recurrent, Dense output, LayerNorm norm)
        implements Encoder {

    static Gru4Rec read(Tensors tensors, String prefix, int width, int length) {
        int padded = Dense.padded(width);
        int[] states = Dense.places(width);
        int[] gates = Dense.places(3 * width);
        Arrays.setAll(gates, g -> g / width * padded + g % width);
        float[] none = new float[3 * width];
        return new Gru4Rec(width, length,
                Dense.of(tensors.floats(prefix + "gru.input", 3 * width, width), none, states, padded, gates, 3 * padded),
                Dense.of(tensors.floats(prefix + "gru.recurrent", 3 * width, width), none, states, padded, gates, 3 * padded),
                Dense.of(tensors.floats(prefix + "output.weight", width, width), tensors.floats(prefix + "output.bias", width),
                        states, padded, states, padded),
                LayerNorm.read(tensors, prefix + "norm", width));
    }

    @Override
    public Scratch.Size size() {
        return new Scratch.Size(length, output.outputs(), Math.ceilDiv(recurrent.outputs(), length), input.outputs(), 0);
    }

    @Override
    public void encode(Kernels kernels, Items.View items, int expert, int[] history, Scratch scratch, float[] user, int at) {
        int tokens = Math.min(length, history.length);
        int padded = output.outputs();
        float[] vectors = scratch.states;                                              // [n, D]
        for (int t = 0; t < tokens; t++) {
            items.read(history[history.length - tokens + t], expert, vectors, t * padded);
            Arrays.fill(vectors, t * padded + width, (t + 1) * padded, 0);
        }
        input.apply(kernels, vectors, 0, scratch.hidden, tokens);                       // [n, 3D]
        float[] state = scratch.output;
        float[] gates = scratch.queries;
        Arrays.fill(state, 0, padded, 0);
        // Of a zero state.
        Arrays.fill(gates, 0, recurrent.outputs(), 0);
        for (int t = 0; t < tokens; t++) {
            if (t > 0) {
                recurrent.apply(kernels, state, 0, gates, 1);
            }
            step(scratch.hidden, t * input.outputs(), gates, padded, state, width);
        }
        output.apply(kernels, state, 0, scratch.contexts, 1);
        norm.apply(kernels, scratch.contexts, 0, 1);
        System.arraycopy(scratch.contexts, 0, user, at, width);
        Arrays.fill(user, at + width, at + Kernels.padded(width), 0);
    }

    /** One step: of each gate {@code x} holds the input's part and {@code h} the state's, {@code stride} numbers apart. */
    private static void step(float[] x, int at, float[] h, int stride, float[] state, int width) {
        for (int i = 0; i < width; i++) {
            float reset = sigmoid(x[at + i] + h[i]);
            float keep = sigmoid(x[at + stride + i] + h[stride + i]);
            float fresh = 2 * sigmoid(2 * (x[at + 2 * stride + i] + reset * h[2 * stride + i])) - 1;
            state[i] = fresh + keep * (state[i] - fresh);
        }
    }

    /** 1 / (1 + exp(-x)); tanh(x) = 2 σ(2x) - 1 takes less time than Math.tanh. */
    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }
}
