package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * Binary cross-entropy on the next item and one sampled item (PAD, section 2): softplus(-u·v⁺) + softplus(u·v⁻), averaged
 * over tokens.
 */
record BceLoss() implements Loss {
    @Override
    public Negatives negatives() {
        return Negatives.OWN;
    }

    @Override
    public Value of(NDArray states, NDArray table, Rows rows, NDArray targets, NDArray negatives, NDArray weights) {
        NDArray positive = Loss.scores(states, table, targets);
        NDArray negative = Loss.scores(states, table, negatives);
        NDArray loss = Torch.softplus(positive.neg()).add(Torch.softplus(negative)).mul(weights).sum();
        return new Value(loss, loss);
    }
}
