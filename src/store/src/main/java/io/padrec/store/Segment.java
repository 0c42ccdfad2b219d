package io.padrec.store;

/**
 * Vectors that were kept together.
 *
 * @param sha256  the name of their file
 * @param vectors how many
 */
public record Segment(String dataset, String encoder, String sha256, int vectors) {
}
