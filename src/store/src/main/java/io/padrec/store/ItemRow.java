package io.padrec.store;

import java.util.List;

/**
 * An item as it is uploaded. What is null stays as it is; a new item then has no title, no categories, and is available.
 *
 * @param line       where it stands in the upload, from 1
 * @param categories names of what it belongs to
 * @param available  whether it may be recommended
 */
public record ItemRow(long line, String id, String title, List<String> categories, Boolean available) {
    /** An item of which no more is said. */
    public ItemRow(long line, String id, String title) {
        this(line, id, title, null, null);
    }
}
