package io.padrec.store;

/**
 * A dataset as it stands in the store.
 *
 * @param name         how it is called; unique
 * @param origin       a sentence for people on where it came from
 * @param contentHash  SHA-256 of items and histories in their order, in hexadecimal; the same content has the same hash
 * @param users        number of users
 * @param items        number of items
 * @param interactions number of interactions of all users
 */
public record Dataset(String name, String origin, String contentHash, int users, int items, int interactions) {
}
