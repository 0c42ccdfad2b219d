package io.padrec.ingest;

/**
 * A row as it came, cut out of its body but not yet read.
 *
 * @param number where it stands, from 1: the line, or the element of an array
 * @param json   its text in UTF-8; null where it is longer than {@link RowBytes#MOST}
 */
record RawRow(long number, byte[] json) {
}
