package io.padrec.training;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** A sequence encoder: one state per token, which may depend on that token and earlier ones alone. */
interface Backbone {
    /** Adds this encoder's weights under {@code prefix}. */
    void create(Parameters parameters, String prefix);

    /**
     * @param vectors item vectors of the batch's tokens, [P, D]
     * @param dropout share of activations dropped; 0 outside training
     * @return states, [P, D]
     */
    NDArray states(Parameters parameters, String prefix, NDArray vectors, Batch batch, float dropout);

    /** What a bundle's manifest says of this encoder. */
    Map<String, Object> describe();
}
