package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.padrec.training.Recipe.LossKind;

/** A recommendation loss: how well states rank the items that came next. */
interface Loss {
    /** What a state's next item is to be told from. */
    enum Negatives {
        /** Every candidate, so that the table must hold them all. */
        ALL,
        /** For each token one sampled item that its user has not seen. */
        OWN,
        /** What came next at the batch's other tokens. */
        IN_BATCH,
        /** Items that are drawn uniformly for all tokens of the batch together. */
        SHARED
    }

    Negatives negatives();

    /**
     * @param states    [P, W]
     * @param table     item vectors [R, W], row 0 is padding
     * @param rows      the items that the table's rows are
     * @param targets   row of the item that came next, [P]
     * @param negatives rows of other items, [P] where they are {@link Negatives#OWN}, [n] where all tokens share them; null for
     *                  {@link Negatives#ALL}
     * @param weights   weight of each token, [P], summing to 1
     */
    Value of(NDArray states, NDArray table, Rows rows, NDArray targets, NDArray negatives, NDArray weights);

    /**
     * @param surrogate what to differentiate: its gradient is the loss's, its value need not be
     * @param value     the loss, a number
     */
    record Value(NDArray surrogate, NDArray value) {
    }

    /**
     * The loss of any kind.
     *
     * @param sampler    where the batches come from
     * @param items      N
     * @param adjustment τ of the logit adjustment, see {@link Recipe}; not used where the loss is no softmax
     */
    static Loss of(LossKind kind, Sampler sampler, int items, float adjustment, NDManager manager) {
        return switch (kind) {
            case BCE -> new BceLoss();
            case SOFTMAX, COSINE_SOFTMAX -> new SoftmaxLoss(adjustment == 0 ? null : logShares(sampler, items, adjustment, manager));
            case SAMPLED_SOFTMAX -> new SampledSoftmaxLoss(logShares(sampler, items, 1 - adjustment, manager));
            case GBCE -> new GbceLoss(sampler.sharedRate());
        };
    }

    private static NDArray logShares(Sampler sampler, int items, float factor, NDManager manager) {
        return manager.create(sampler.logShares(items), new Shape(items + 1L, 1)).mul(factor);
    }

    /** u·v⁺, [P]. */
    static NDArray scores(NDArray states, NDArray table, NDArray targets) {
        return states.mul(Torch.rows(table, targets)).sum(new int[] {1});
    }

    /**
     * u·v⁻ for negatives that all tokens share, [P, n]. A negative that is a token's own target is none to it, and scores so
     * low that it does not count.
     */
    static NDArray scoresOfShared(NDArray states, NDArray table, NDArray targets, NDArray negatives) {
        NDArray hits = targets.reshape(-1, 1).eq(negatives.reshape(1, -1)).toType(states.getDataType(), false).mul(-1e9f);
        return states.matMul(Torch.rows(table, negatives).transpose()).add(hits);
    }
}
