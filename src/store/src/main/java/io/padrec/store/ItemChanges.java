package io.padrec.store;

/**
 * How far a reader of a dataset's changes is.
 *
 * @param revision what to ask from next time
 * @param complete whether every item there is was named: one that was not is gone
 */
public record ItemChanges(long revision, boolean complete) {
}
