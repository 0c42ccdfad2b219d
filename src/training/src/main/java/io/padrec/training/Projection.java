package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * The projection p of text vectors (PAD, section 3): Linear T→D, GELU, then M layers of {dropout, Linear D→D, GELU}. With
 * M = 0 it is the linear map alone, which is what whitened text wants.
 */
final class Projection {
    private Projection() {
    }

    static void create(Parameters p, String prefix, int in, int width, int layers) {
        p.xavier(prefix + "0.weight", width, in);
        if (layers == 0) {
            return;
        }
        p.constant(prefix + "0.bias", 0, width);
        for (int m = 1; m <= layers; m++) {
            p.xavier(prefix + m + ".weight", width, width);
            p.constant(prefix + m + ".bias", 0, width);
        }
    }

    /** x [R, T] to [R, D]. */
    static NDArray of(Parameters p, String prefix, NDArray x, int layers, float dropout) {
        if (layers == 0) {
            return Torch.linear(x, p.get(prefix + "0.weight"), null);
        }
        NDArray y = Torch.gelu(Torch.linear(x, p.get(prefix + "0.weight"), p.get(prefix + "0.bias")));
        for (int m = 1; m <= layers; m++) {
            y = Torch.gelu(Torch.linear(Torch.dropout(y, dropout), p.get(prefix + m + ".weight"),
                    p.get(prefix + m + ".bias")));
        }
        return y;
    }
}
