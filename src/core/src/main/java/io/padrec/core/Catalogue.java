package io.padrec.core;

import java.util.List;

/**
 * The items in a fixed order. Item numbers run from 1 to {@link #size()}; 0 is padding and stands for no item, so every
 * per-item table has {@code size() + 1} rows.
 */
public final class Catalogue {
    private final List<String> ids;
    private final List<String> titles;
    /** A hash table: item numbers where their ids' hashes lead to, 0 where nothing is. */
    private final int[] numbers;

    /**
     * @param ids    the items' ids, distinct, in the order of their numbers
     * @param titles the items' titles, one for each id
     */
    public Catalogue(List<String> ids, List<String> titles) {
        if (ids.size() != titles.size()) {
            throw new IllegalArgumentException(ids.size() + " item ids but " + titles.size() + " titles");
        }
        this.ids = immutable(ids);
        this.titles = immutable(titles);
        this.numbers = new int[Math.max(2, Integer.highestOneBit(Math.max(1, ids.size())) << 2)];
        for (int i = 0; i < ids.size(); i++) {
            int slot = slot(ids.get(i));
            if (numbers[slot] != 0) {
                throw new IllegalArgumentException("item id '" + ids.get(i) + "' stands twice in the catalogue");
            }
            numbers[slot] = i + 1;
        }
    }

    private static List<String> immutable(List<String> texts) {
        return texts instanceof Texts ? texts : List.copyOf(texts);
    }

    /** Where the id stands in the hash table, or would stand. */
    private int slot(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        int slot = (hash ^ hash >>> 15) & numbers.length - 1;
        while (numbers[slot] != 0 && !id(numbers[slot]).equals(id)) {
            slot = slot + 1 & numbers.length - 1;
        }
        return slot;
    }

    public int size() {
        return ids.size();
    }

    public String id(int item) {
        return ids.get(item - 1);
    }

    public String title(int item) {
        return titles.get(item - 1);
    }

    /** The item's number, or 0 where the id is unknown. */
    public int number(String id) {
        return numbers[slot(id)];
    }

    public List<String> ids() {
        return ids;
    }

    public List<String> titles() {
        return titles;
    }
}
