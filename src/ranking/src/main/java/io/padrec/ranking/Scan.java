package io.padrec.ranking;

/**
 * Exact scoring. Items are taken by tiles whose scores stay in the first cache; of a tile, four rows at a time that stand far
 * apart, since the processor fetches four streams ahead but not four neighbours (twice as fast out of memory, and no slower out
 * of the cache).
 */
final class Scan {
    private static final int TILE = Scratch.TILE;

    private final Kernels kernels;
    private final Items.View items;
    private final boolean gated;

    /** @param gated items count as the gate has it; else all vectors count the same, whatever their length */
    Scan(Kernels kernels, Items.View items, boolean gated) {
        this.kernels = kernels;
        this.items = items;
        this.gated = gated;
    }

    private float[] weights(Table table) {
        return gated ? table.gates() : table.units();
    }

    /** One pass over all items for all the searches: a tile is scored for each while it is in the cache. */
    void run(Search[] searches, Scratch scratch) {
        for (Block block : items.blocks()) {
            run(searches, scratch, block);
        }
    }

    /** A pass over the items that are not in the bundle's block. */
    void runLater(Search search, Scratch scratch) {
        for (Block block : items.blocks().subList(1, items.blocks().size())) {
            run(new Search[] {search}, scratch, block);
        }
    }

    private void run(Search[] searches, Scratch scratch, Block block) {
        int rows = items.rows(block);
        for (int row = 0; row < rows; row += TILE) {
            int count = Math.min(TILE, rows - row);
            int s = 0;
            for (; s + 2 <= searches.length; s += 2) {
                scoreTwice(block.table(), searches[s].query(), searches[s + 1].query(), row, count, scratch.scores,
                        scratch.otherScores);
                searches[s].offerAll(block, block.first() + row, scratch.scores, count);
                searches[s + 1].offerAll(block, block.first() + row, scratch.otherScores, count);
            }
            if (s < searches.length) {
                score(block.table(), searches[s].query(), row, count, scratch.scores);
                searches[s].offerAll(block, block.first() + row, scratch.scores, count);
            }
        }
    }

    /** Scores the items that the search is confined to, one by one. */
    void runWithin(Search search, Scratch scratch) {
        int count = 0;
        Block block = items.blocks().getFirst();
        for (int item = search.within().next(1); item > 0 && item <= items.last(); item = search.within().next(item + 1)) {
            Block own = items.of(item);
            if (own != block || count == TILE) {
                offer(search, block, scratch, count);
                block = own;
                count = 0;
            }
            if (search.mayFind(own, item)) {
                scratch.numbers[count++] = item;
            }
        }
        offer(search, block, scratch, count);
    }

    private void offer(Search search, Block block, Scratch scratch, int count) {
        score(block, search.query(), scratch.numbers, 0, count, scratch.scores);
        for (int i = 0; i < count; i++) {
            search.offer(scratch.numbers[i], scratch.scores[i]);
        }
    }

    /** All items' scores, [last + 1]; index 0 (padding) is 0. */
    float[] scores(float[] query, Scratch scratch) {
        float[] all = new float[items.last() + 1];
        for (Block block : items.blocks()) {
            int rows = items.rows(block);
            for (int row = 0; row < rows; row += TILE) {
                int count = Math.min(TILE, rows - row);
                score(block.table(), query, row, count, scratch.scores);
                System.arraycopy(scratch.scores, 0, all, block.first() + row, count);
            }
        }
        all[0] = 0;
        return all;
    }

    private void score(Table table, float[] query, int first, int count, float[] out) {
        int far = count / 4;
        float[] weights = weights(table);
        int[] ends = table.layout().ends();
        for (int i = 0; i < far; i++) {
            int row = first + i;
            kernels.four(query, ends, table.numbers(), table.isOfBytes(), table.at(row), table.at(row + far),
                    table.at(row + 2 * far), table.at(row + 3 * far), weights, table.weightsAt(row), table.weightsAt(row + far),
                    table.weightsAt(row + 2 * far), table.weightsAt(row + 3 * far), out, i, far);
        }
        for (int i = 4 * far; i < count; i++) {
            out[i] = one(table, query, first + i);
        }
    }

    private void scoreTwice(Table table, float[] query, float[] other, int first, int count, float[] out, float[] otherOut) {
        int far = count / 4;
        float[] weights = weights(table);
        int[] ends = table.layout().ends();
        for (int i = 0; i < far; i++) {
            int row = first + i;
            kernels.fourTwice(query, other, ends, table.numbers(), table.isOfBytes(), table.at(row), table.at(row + far),
                    table.at(row + 2 * far), table.at(row + 3 * far), weights, table.weightsAt(row), table.weightsAt(row + far),
                    table.weightsAt(row + 2 * far), table.weightsAt(row + 3 * far), out, otherOut, i, far);
        }
        for (int i = 4 * far; i < count; i++) {
            out[i] = one(table, query, first + i);
            otherOut[i] = one(table, other, first + i);
        }
    }

    /** Scores of the items {@code numbers[i] + shift}, which stand anywhere in one block. */
    void score(Block block, float[] query, int[] numbers, int shift, int count, float[] out) {
        Table table = block.table();
        int first = block.first() - shift;
        float[] weights = weights(table);
        int[] ends = table.layout().ends();
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            int row0 = numbers[i] - first;
            int row1 = numbers[i + 1] - first;
            int row2 = numbers[i + 2] - first;
            int row3 = numbers[i + 3] - first;
            kernels.four(query, ends, table.numbers(), table.isOfBytes(), table.at(row0), table.at(row1), table.at(row2),
                    table.at(row3), weights, table.weightsAt(row0), table.weightsAt(row1), table.weightsAt(row2),
                    table.weightsAt(row3), out, i, 1);
        }
        for (; i < count; i++) {
            out[i] = one(table, query, numbers[i] - first);
        }
    }

    /** The score of one item of a block. */
    float score(Block block, float[] query, int item) {
        return one(block.table(), query, item - block.first());
    }

    private float one(Table table, float[] query, int row) {
        return kernels.one(query, table.layout().ends(), table.numbers(), table.isOfBytes(), table.at(row), weights(table),
                table.weightsAt(row));
    }

    /** What each expert adds to an item's score, [K]. */
    float[] shares(float[] query, int item, Scratch scratch) {
        Block block = items.of(item);
        Table table = block.table();
        float[] shares = new float[table.layout().experts()];
        int row = item - block.first();
        table.readWeighted(row, weights(table), scratch.row);
        for (int k = 0; k < shares.length; k++) {
            int start = table.layout().starts()[k];
            // A missing vector's share is 0, not the -0 that a product with it may be.
            shares[k] = kernels.product(query, start, scratch.row, start, table.layout().ends()[k] - start) + 0f;
        }
        return shares;
    }
}
