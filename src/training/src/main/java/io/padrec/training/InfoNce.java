package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * Contrastive alignment (PAD, section 3; van den Oord et al., 2018): each item's id vector is to be nearer to its own text than
 * to the other items' of the batch, and the text likewise, by cosine over a temperature of 0.1. The mean of both directions.
 */
record InfoNce() implements AlignmentLoss {
    private static final float SHARPNESS = 10;                                     // 1 / temperature

    @Override
    public boolean ofDistinctItems() {
        // Else an item would be pushed away from its own text.
        return true;
    }

    @Override
    public Loss.Value of(NDArray ids, NDArray projected) {
        int n = Math.toIntExact(ids.getShape().get(0));
        NDArray logits = Torch.times(Torch.unit(ids).matMul(Torch.unit(projected).transpose()), SHARPNESS);   // [n, n]
        NDArray own = ids.getManager().eye(n, n, 0, ids.getDataType());
        NDArray value = Torch.times(logits.logSoftmax(1).add(logits.logSoftmax(0)).mul(own).sum(), -0.5f / n);
        return new Loss.Value(value, value);
    }
}
