package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * Binary cross-entropy on the next item and one sampled item (PAD, section 2): softplus(-u·v⁺) + softplus(u·v⁻), averaged
 * over tokens.
 */
record BceLoss() implements Loss {
    @Override
    public boolean overAllItems() {
        return false;
    }

    @Override
    public Value of(NDArray states, NDArray table, NDArray targets, NDArray negatives, NDArray weights) {
        NDArray positive = states.mul(Torch.rows(table, targets)).sum(new int[] {1});
        NDArray negative = states.mul(Torch.rows(table, negatives)).sum(new int[] {1});
        NDArray loss = Torch.softplus(positive.neg()).add(Torch.softplus(negative)).mul(weights).sum();
        return new Value(loss, loss);
    }
}
