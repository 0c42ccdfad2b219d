package io.padrec.ranking;

/**
 * An item of a history that speaks for a recommended one.
 *
 * @param item     its number
 * @param likeness of the two, in [-1, 1]: the cosine of the experts' item vectors side by side, as {@link Ranker#similar} has it
 */
public record Reason(int item, float likeness) {
}
