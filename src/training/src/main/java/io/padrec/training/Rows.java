package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

/**
 * The items that a step computes vectors for, as rows of a table: row r is item {@code items[r]}, row 0 is padding. The
 * softmax needs all candidates, BCE only the few items of its batch.
 */
final class Rows {
    private final int[] items;
    private final NDArray index;
    private final boolean everything;
    private final boolean lasting;
    private NDArray text;

    /**
     * @param items   item numbers, the first 0
     * @param total   N + 1
     * @param lasting true for rows that outlive the step in which they are first used
     */
    Rows(NDManager manager, int[] items, int total, boolean lasting) {
        this.items = items;
        this.index = manager.create(items);
        this.everything = items.length == total;
        this.lasting = lasting;
    }

    int size() {
        return items.length;
    }

    int item(int row) {
        return items[row];
    }

    /** These rows of a trainable or constant table [N + 1, W]. */
    NDArray of(NDArray table) {
        return everything ? table : Torch.rows(table, index);
    }

    /** These rows of the constant text features [N + 1, T], gathered once for all steps that use these rows. */
    NDArray text(NDArray features) {
        if (text == null) {
            text = of(features);
            if (lasting) {
                NDScope.unregister(text);
            }
        }
        return text;
    }
}
