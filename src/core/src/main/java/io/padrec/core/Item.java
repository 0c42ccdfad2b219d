package io.padrec.core;

/**
 * An item as its owner names and describes it.
 *
 * @param title what people are shown
 * @param text  what is encoded
 */
public record Item(String id, String title, String text) {
    /** An item whose title is its text. */
    public Item(String id, String title) {
        this(id, title, title);
    }
}
