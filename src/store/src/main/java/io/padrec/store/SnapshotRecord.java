package io.padrec.store;

import io.padrec.core.Split;

/**
 * A snapshot that was cut.
 *
 * @param hash         SHA-256 of its file, in hexadecimal
 * @param dataset      the dataset it was cut from
 * @param encoder      the text encoder whose vectors it holds
 * @param split        how it is split
 * @param users        number of users
 * @param items        number of items
 * @param interactions number of interactions of all users
 */
public record SnapshotRecord(String hash, String dataset, String encoder, Split.Kind split, int users, int items, int interactions) {
}
