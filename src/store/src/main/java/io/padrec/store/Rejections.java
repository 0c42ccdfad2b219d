package io.padrec.store;

import java.util.ArrayList;
import java.util.List;

/** The rows of one upload that were not stored, and why. The first 10 000 are kept, the rest only counted. */
public final class Rejections {
    static final int KEPT = 10_000;

    /**
     * One row.
     *
     * @param line   where it stands, from 1: the line, or the element of an array
     * @param reason what is wrong with it
     */
    public record Rejection(long line, String reason) {
    }

    private final List<Rejection> first = new ArrayList<>();
    private long count;
    private long unknownItems;

    /** Notes a row. */
    public void add(long line, String reason) {
        count++;
        if (first.size() < KEPT) {
            first.add(new Rejection(line, reason));
        }
    }

    /** Notes one of the first interactions with items that the dataset does not have. */
    void addUnknown(long line, String item) {
        unknownItems++;
        add(line, "item '" + item + "' is not known; upload it first");
    }

    /** Counts all of these, the first that were noted included. */
    void countUnknown(long all) {
        count += all - unknownItems;
        unknownItems = all;
    }

    /** How many of the rows could be stored if the dataset had their items. */
    public long unknownItems() {
        return unknownItems;
    }

    /** How many rows. */
    public long count() {
        return count;
    }

    /** The first of them, by line. */
    public List<Rejection> first() {
        return first.stream().sorted(java.util.Comparator.comparingLong(Rejection::line)).toList();
    }
}
