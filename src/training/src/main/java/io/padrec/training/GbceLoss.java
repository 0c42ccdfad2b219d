package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * Generalised binary cross-entropy (Petrov and Macdonald, "gSASRec: Reducing Overconfidence in Sequential Recommendation Trained
 * with Negative Sampling", RecSys 2023, section 5): (β·softplus(-u·v⁺) + Σ softplus(u·v⁻)) / (k + 1) over k negatives, averaged over
 * tokens. With the share α of all possible negatives that is drawn, β = α(t(1 - 1/α) + 1/α) = 1 - t(1 - α): BCE on few negatives
 * believes in what is positive too much, since in training positives are far more frequent than in ranking, and β takes that out
 * of the scores where t = 1. The paper draws the k negatives of each token apart; here a batch's tokens share them, which makes them one
 * matrix product, and a token's own target among them does not count. Like BCE it needs far more steps than a softmax: ids alone
 * reach a test nDCG@10 of 0.50 % in the 12 epochs in which the softmax reaches 3.49 % (Prime Pantry, seed 1). Divided by k + 1 its value
 * is some hundred times smaller than a softmax's, so beside it the alignment loss of phase 2 weighs as much more under the same lambda; PAD's 3.71 % there (softmax: 5.67 %) is that of both.
 *
 * @param rate α
 */
record GbceLoss(double rate) implements Loss {
    /** The paper's recommendation, as are its 256 negatives: {@link Sampler#SHARED}. */
    private static final double CALIBRATION = 0.75;

    double beta() {
        return 1 - CALIBRATION * (1 - rate);
    }

    @Override
    public Negatives negatives() {
        return Negatives.SHARED;
    }

    @Override
    public Value of(NDArray states, NDArray table, Rows rows, NDArray targets, NDArray negatives, NDArray weights) {
        NDArray positive = Torch.softplus(Loss.scores(states, table, targets).neg());             // [P]
        NDArray others = Torch.softplus(Loss.scoresOfShared(states, table, targets, negatives)).sum(new int[] {1});
        NDArray loss = Torch.times(Torch.times(positive, (float) beta()).add(others).mul(weights).sum(),
                1f / (negatives.size() + 1));
        return new Value(loss, loss);
    }
}
