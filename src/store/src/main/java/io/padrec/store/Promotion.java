package io.padrec.store;

/**
 * That a model became the one that is served.
 *
 * @param number   counts promotions; the order in which they took place
 * @param model    the model that is served now
 * @param previous the id of the model that was served before; null for none
 */
public record Promotion(long number, Model model, String previous) {
}
