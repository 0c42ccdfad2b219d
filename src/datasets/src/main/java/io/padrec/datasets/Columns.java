package io.padrec.datasets;

import io.padrec.core.PadrecException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a source's columns are called.
 *
 * @param names their names by what they hold: {@code user}, {@code item}, {@code time}, {@code rating}, {@code title}; those left
 *              out are called as the format calls them. {@code text} is one column or several, as {@code NAME+NAME}, and none where
 *              it is left out
 */
public record Columns(Map<String, String> names) {
    /** As the format calls them. */
    public static final Columns USUAL = new Columns(Map.of());

    static final String USER = "user";
    static final String ITEM = "item";
    static final String TIME = "time";
    static final String RATING = "rating";
    static final String TITLE = "title";
    static final String TEXT = "text";
    private static final List<String> ALL = List.of(USER, ITEM, TIME, RATING, TITLE, TEXT);

    /** @throws PadrecException where something else is named, or a name is empty */
    public Columns {
        names = Map.copyOf(names);
        names.forEach((holds, name) -> {
            if (!ALL.contains(holds)) {
                throw new PadrecException("no column '" + holds + "' is read; there are " + String.join(", ", ALL));
            }
            if (name.isBlank()) {
                throw new PadrecException("the column of " + holds + " has no name; give it as " + holds + "=NAME");
            }
        });
    }

    /** These names, and for the columns that have none, those of the format. */
    Columns or(Map<String, String> usual) {
        Map<String, String> all = new HashMap<>(usual);
        all.putAll(names);
        return new Columns(all);
    }

    /** The names of the columns of further text. */
    List<String> texts() {
        return names.containsKey(TEXT) ? List.of(names.get(TEXT).split("\\+")) : List.of();
    }

    /** What the columns are called, in this order. */
    List<String> of(List<String> holding) {
        List<String> called = new ArrayList<>();
        holding.forEach(each -> called.add(names.get(each)));
        return called;
    }

    /** Those of these columns that somebody named, and those always needed. */
    Set<String> named(List<String> holding, Collection<String> needed) {
        Set<String> all = new LinkedHashSet<>(needed);
        holding.stream().filter(names::containsKey).forEach(all::add);
        return all;
    }
}
