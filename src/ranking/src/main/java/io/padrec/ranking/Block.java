package io.padrec.ranking;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Items that stand side by side in one table.
 *
 * @param first   number of the item in row 0
 * @param removed bits of rows that are not to be recommended
 */
record Block(int first, Table table, AtomicLongArray removed) {
    Block(int first, Table table, int rows) {
        this(first, table, new AtomicLongArray((rows + Long.SIZE - 1) / Long.SIZE));
    }

    boolean isRemoved(int item) {
        int row = item - first;
        return (removed.get(row / Long.SIZE) >>> row & 1) != 0;
    }

    void remove(int item) {
        int row = item - first;
        removed.accumulateAndGet(row / Long.SIZE, 1L << row, (bits, bit) -> bits | bit);
    }

    void restore(int item) {
        int row = item - first;
        removed.accumulateAndGet(row / Long.SIZE, 1L << row, (bits, bit) -> bits & ~bit);
    }
}
