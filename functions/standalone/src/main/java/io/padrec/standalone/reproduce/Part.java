package io.padrec.standalone.reproduce;

import java.util.List;

/**
 * A part of the report as every form of it shows it.
 *
 * @param id       its name among the parts
 * @param note     how its figures are to be read; empty where the report's legend says it
 * @param pictures drawn where there are rows
 * @param details  more figures of the same rows; null for none
 */
record Part(String id, String title, String note, List<Picture> pictures, Grid table, Grid details) {
    /** Cells as text, the first of a row its name. */
    record Grid(List<String> headings, List<List<String>> rows) {
    }
}
