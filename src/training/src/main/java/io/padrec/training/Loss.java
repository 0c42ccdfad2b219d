package io.padrec.training;

import ai.djl.ndarray.NDArray;

/** A recommendation loss: how well states rank the items that came next. */
interface Loss {
    /** True where the loss compares each state with every candidate, so that the table must hold them all. */
    boolean overAllItems();

    /**
     * @param states    [P, W]
     * @param table     item vectors [R, W], row 0 is padding
     * @param targets   row of the item that came next, [P]
     * @param negatives row of a sampled item, [P]; null where {@link #overAllItems()}
     * @param weights   weight of each token, [P], summing to 1
     */
    Value of(NDArray states, NDArray table, NDArray targets, NDArray negatives, NDArray weights);

    /**
     * @param surrogate what to differentiate: its gradient is the loss's, its value need not be
     * @param value     the loss, a number
     */
    record Value(NDArray surrogate, NDArray value) {
    }
}
