package io.padrec.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items in a fixed order. Item numbers run from 1 to {@link #size()}; 0 is padding and stands for no item, so every
 * per-item table has {@code size() + 1} rows.
 */
public final class Catalogue {
    private final List<String> ids;
    private final List<String> titles;
    private final Map<String, Integer> numbers;

    /**
     * @param ids    the items' ids, distinct, in the order of their numbers
     * @param titles the items' titles, one for each id
     */
    public Catalogue(List<String> ids, List<String> titles) {
        if (ids.size() != titles.size()) {
            throw new IllegalArgumentException(ids.size() + " item ids but " + titles.size() + " titles");
        }
        this.ids = List.copyOf(ids);
        this.titles = List.copyOf(titles);
        this.numbers = HashMap.newHashMap(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            if (numbers.put(ids.get(i), i + 1) != null) {
                throw new IllegalArgumentException("item id '" + ids.get(i) + "' stands twice in the catalogue");
            }
        }
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
        return numbers.getOrDefault(id, 0);
    }

    public List<String> ids() {
        return ids;
    }

    public List<String> titles() {
        return titles;
    }
}
