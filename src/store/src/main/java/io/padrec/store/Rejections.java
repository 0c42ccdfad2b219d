package io.padrec.store;

import java.util.ArrayList;
import java.util.List;

/** The rows of one upload that were not stored, and why. The first 10 000 are kept, the rest only counted. */
public final class Rejections {
    private static final int KEPT = 10_000;

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

    /** Notes a row. */
    public void add(long line, String reason) {
        count++;
        if (first.size() < KEPT) {
            first.add(new Rejection(line, reason));
        }
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
