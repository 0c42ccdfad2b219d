package io.padrec.recommend;

import io.padrec.ranking.ItemSet;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which of a model's items belong to which categories. */
final class Categories {
    /**
     * Categories that a request names.
     *
     * @param field the request's field, for problems
     * @param place where in the field, for people
     */
    record Named(String field, String place, List<String> names) {
    }

    /** By item number; what many items have is there once. */
    private final List<List<String>> ofItem = new ArrayList<>();
    private final Map<List<String>, List<String>> shared = new HashMap<>();
    /** How many items a category has; those without any are not there. */
    private final Map<String, Integer> counts = new HashMap<>();
    /** Sets of items that were asked for since their category last changed. */
    private final Map<String, ItemSet> sets = new HashMap<>();

    /** Says what an item belongs to. */
    synchronized void put(int item, List<String> categories) {
        while (ofItem.size() <= item) {
            ofItem.add(List.of());
        }
        List<String> before = ofItem.get(item);
        if (before.equals(categories)) {
            return;
        }
        ofItem.set(item, shared.computeIfAbsent(categories, List::copyOf));
        before.forEach(name -> change(name, -1));
        categories.forEach(name -> change(name, 1));
    }

    private void change(String name, int by) {
        counts.merge(name, by, (a, b) -> a + b == 0 ? null : a + b);
        sets.remove(name);
    }

    /**
     * The items that have at least one of the categories.
     *
     * @throws Problem 400 where no item has one of them
     */
    synchronized ItemSet items(Named named) {
        ItemSet items = null;
        for (String name : named.names()) {
            if (!counts.containsKey(name)) {
                throw Problem.wrong(named.field(), named.place() + " names " + Fields.quoted(name) + ", but no item has that category");
            }
            ItemSet one = sets.computeIfAbsent(name, this::collect);
            items = items == null ? one : items.union(one);
        }
        return items;
    }

    private ItemSet collect(String name) {
        return ItemSet.of(IntStream.range(1, ofItem.size()).filter(item -> ofItem.get(item).contains(name)).toArray());
    }
}
