package io.padrec.store;

/**
 * A snapshot that was cut.
 *
 * @param hash         SHA-256 of its file, in hexadecimal
 * @param dataset      the dataset it was cut from
 * @param encoder      the text encoder whose vectors it holds
 * @param users        number of users
 * @param items        number of items
 * @param interactions number of interactions of all users
 */
public record SnapshotRecord(String hash, String dataset, String encoder, int users, int items, int interactions) {
}
