package io.padrec.ranking;

/**
 * One ranked item.
 *
 * @param item   item number, 1..N
 * @param score  what the list is ordered by
 * @param shares what each expert adds to the score, in the order of {@link Ranker#experts()}
 */
public record Recommendation(int item, float score, float[] shares) {
}
