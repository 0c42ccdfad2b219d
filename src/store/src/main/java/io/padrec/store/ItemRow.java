package io.padrec.store;

import java.util.List;

/**
 * An item as it is uploaded. What is null stays as it is; a new item then has no title, no categories, no text but its title, and
 * is available.
 *
 * @param line       where it stands in the upload, from 1
 * @param categories names of what it belongs to
 * @param available  whether it may be recommended
 * @param text       what is encoded, where the title is not all; empty = the title
 */
public record ItemRow(long line, String id, String title, List<String> categories, Boolean available, String text) {
    /** An item whose text is not said. */
    public ItemRow(long line, String id, String title, List<String> categories, Boolean available) {
        this(line, id, title, categories, available, null);
    }

    /** An item of which no more is said. */
    public ItemRow(long line, String id, String title) {
        this(line, id, title, null, null);
    }
}
