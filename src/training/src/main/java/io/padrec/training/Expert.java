package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * One expert: item vectors of its own and a sequence encoder of its own (PAD, section 4).
 *
 * @param name its prefix among the parameters
 */
record Expert(String name, ItemVectors items, Backbone backbone) {
    String prefix() {
        return name + ".";
    }

    void create(Parameters parameters) {
        items.create(parameters, prefix());
        backbone.create(parameters, prefix());
    }

    ItemVectors.Vectors vectors(Parameters parameters, Rows rows, float dropout) {
        return items.of(parameters, prefix(), rows, dropout);
    }

    /** States [P, D] of the batch's tokens, given the table of item vectors [R, D] that its rows refer to. */
    NDArray states(Parameters parameters, NDArray table, Batch batch, float dropout) {
        return backbone.states(parameters, prefix(), Torch.rows(table, batch.items), batch, dropout);
    }
}
