package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;

/** The few tensor operations that DJL keeps behind its internal interface. */
final class Torch {
    private static final float LAYER_NORM_EPSILON = 1e-6f;

    private Torch() {
    }

    /**
     * Rows of {@code table}: [R, D] picked by {@code indices} of any shape. Unlike DJL's indexing, its backward pass is
     * deterministic with more than one thread.
     */
    static NDArray rows(NDArray table, NDArray indices) {
        return table.getNDArrayInternal().embedding(indices, table, SparseFormat.DENSE).singletonOrThrow();
    }

    /** x·Wᵀ + b for W [out, in]; b may be null. */
    static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return x.getNDArrayInternal().linear(x, weight, bias).singletonOrThrow();
    }

    static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias) {
        return x.getNDArrayInternal().layerNorm(x, new Shape(weight.size()), weight, bias, LAYER_NORM_EPSILON)
                .singletonOrThrow();
    }

    /** Dropout where {@code rate} is above 0, else {@code x} itself. */
    static NDArray dropout(NDArray x, float rate) {
        return rate > 0 ? x.getNDArrayInternal().dropout(x, rate, true).singletonOrThrow() : x;
    }

    /**
     * x times a constant, where a gradient flows through. NDArray.mul(Number) frees the constant's memory at once, although
     * autograd keeps a reference for the backward pass: a garbage collection in between makes the gradient garbage. This
     * constant lives as long as the step's scope.
     */
    static NDArray times(NDArray x, float factor) {
        return x.mul(x.getManager().create(factor));
    }

    static NDArray relu(NDArray x) {
        return x.getNDArrayInternal().relu();
    }

    static NDArray gelu(NDArray x) {
        return x.getNDArrayInternal().gelu();
    }

    /** Zeros of x's kind. */
    static NDArray zeros(NDArray x, long rows, long columns) {
        return x.getManager().zeros(new Shape(rows, columns), x.getDataType());
    }

    /**
     * Hidden states of a gated recurrent unit without biases that begins at zero, [B, S, H].
     *
     * @param x         [B, S, D]
     * @param input     weights of the gates reset, update and new, one below the other, [3H, D]
     * @param recurrent the same for the hidden state, [3H, H]
     */
    static NDArray gru(NDArray x, NDArray input, NDArray recurrent) {
        NDArray start = x.getManager().zeros(new Shape(1, x.getShape().get(0), recurrent.getShape().get(1)), x.getDataType());
        return x.getNDArrayInternal().gru(x, start, new NDList(input, recurrent), false, 1, 0, true, false, true).getFirst();
    }

    /** The rows of x [R, D], each brought to length 1. */
    static NDArray unit(NDArray x) {
        return x.div(x.square().sum(new int[] {1}, true).add(1e-12f).sqrt());
    }

    /** log(1 + exp(x)). */
    static NDArray softplus(NDArray x) {
        return ai.djl.nn.Activation.softPlus(x);
    }

    static NDArray concat(int axis, NDArray... arrays) {
        return arrays.length == 1 ? arrays[0] : ai.djl.ndarray.NDArrays.concat(new NDList(arrays), axis);
    }
}
