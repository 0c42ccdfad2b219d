package io.padrec.ranking;

import io.padrec.core.Catalogue;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The items that a ranker knows: those of its bundle in one block, and behind them, in small blocks, those that came later.
 * Rows are only ever appended, and a request works on the {@link View} that it began with; so adding never disturbs it.
 */
final class Items {
    /** Rows of a block of later items. */
    static final int BLOCK = 256;

    /**
     * The items at one moment.
     *
     * @param blocks the bundle's block, then those of later items
     * @param last   the highest item number
     */
    record View(List<Block> blocks, int last) {
        Block of(int item) {
            int base = blocks.size() == 1 ? Integer.MAX_VALUE : blocks.get(1).first();
            return blocks.get(item < base ? 0 : 1 + (item - base) / BLOCK);
        }

        /** Rows of the block that are taken. */
        int rows(Block block) {
            return block == blocks.getFirst() ? base() + 1 : Math.min(BLOCK, last - block.first() + 1);
        }

        /** The bundle's items. */
        int base() {
            return blocks.size() == 1 ? last : blocks.get(1).first() - 1;
        }

        boolean isRemoved(int item) {
            return of(item).isRemoved(item);
        }

        /** An expert's vector of an item. */
        void read(int item, int expert, float[] to, int at) {
            Block block = of(item);
            block.table().read(item - block.first(), expert, to, at);
        }
    }

    private record Later(String id, String title) {
    }

    private final Catalogue catalogue;
    private final Precision precision;
    private final Arena arena;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final List<Later> later = new ArrayList<>();
    private volatile View view;

    /** @param table the bundle's rows; row 0 is padding */
    Items(Catalogue catalogue, Table table, Precision precision, Arena arena) {
        this.catalogue = catalogue;
        this.precision = precision;
        this.arena = arena;
        Block base = new Block(0, table, catalogue.size() + 1);
        base.remove(0);
        this.view = new View(List.of(base), catalogue.size());
    }

    View view() {
        return view;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** The number of the item that has the id now, or 0. */
    int number(String id) {
        Integer number = numbers.get(id);
        return number == null ? catalogue.number(id) : number;
    }

    String id(int item) {
        return item <= catalogue.size() ? catalogue.id(item) : later(item).id;
    }

    String title(int item) {
        return item <= catalogue.size() ? catalogue.title(item) : later(item).title;
    }

    private Later later(int item) {
        synchronized (later) {
            return later.get(item - catalogue.size() - 1);
        }
    }

    /**
     * Puts an item in: appended, or the one that is there brought back. An item of the bundle keeps the row that was trained; a
     * later one whose vectors have changed gets a new row and a new number.
     *
     * @param vectors each expert's
     * @param gate    the gate's weights [bins, K]
     * @return the item's number
     */
    synchronized int add(String id, String title, float[][] vectors, float[] gate, int bin) {
        View before = view;
        int known = number(id);
        if (known != 0 && (known <= catalogue.size() || isSame(before, known, vectors))) {
            before.of(known).restore(known);
            return known;
        }
        int item = before.last + 1;
        List<Block> blocks = before.blocks;
        if (before.last == catalogue.size() || item - blocks.getLast().first() == BLOCK) {
            blocks = new ArrayList<>(blocks);
            blocks.add(new Block(item, new Table(blocks.getFirst().table().layout(), precision, BLOCK, arena), BLOCK));
            blocks = List.copyOf(blocks);
        }
        Block block = blocks.getLast();
        for (int k = 0; k < vectors.length; k++) {
            block.table().put(item - block.first(), k, vectors[k], 0);
        }
        block.table().weigh(item - block.first(), gate, bin);
        synchronized (later) {
            later.add(new Later(id, title));
        }
        view = new View(blocks, item);
        numbers.put(id, item);
        if (known != 0) {
            before.of(known).remove(known);
        }
        return item;
    }

    private boolean isSame(View view, int item, float[][] vectors) {
        Table sample = new Table(view.blocks.getFirst().table().layout(), precision, 1, Arena.ofAuto());
        for (int k = 0; k < vectors.length; k++) {
            float[] there = new float[vectors[k].length];
            float[] given = new float[vectors[k].length];
            view.read(item, k, there, 0);
            sample.put(0, k, vectors[k], 0);
            sample.read(0, k, given, 0);
            if (!Arrays.equals(there, given)) {
                return false;
            }
        }
        return true;
    }

    /** @return whether the item was there and removed before */
    synchronized boolean restore(String id) {
        int item = number(id);
        if (item == 0 || !view.isRemoved(item)) {
            return false;
        }
        view.of(item).restore(item);
        return true;
    }

    /** @return whether the item was there and not removed before */
    synchronized boolean remove(String id) {
        int item = number(id);
        if (item == 0 || view.isRemoved(item)) {
            return false;
        }
        view.of(item).remove(item);
        return true;
    }
}
