package io.padrec.store;

/**
 * That a user chose an item, as it is uploaded.
 *
 * @param line where it stands in the upload, from 1
 * @param time when, in milliseconds since 1970; null where it is not known
 */
public record InteractionRow(long line, String user, String item, Long time) {
}
