package io.padrec.store;

/**
 * An item as it is uploaded.
 *
 * @param line where it stands in the upload, from 1
 */
public record ItemRow(long line, String id, String title) {
}
