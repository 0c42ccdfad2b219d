package io.padrec.recommend;

import io.padrec.core.PadrecException;
import io.padrec.ranking.Ranker;
import io.padrec.store.ItemState;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * A model's items as the store has them now: those that came, changed or went since the model was trained. One thread at a time
 * brings them up to date; requests see each change at once.
 */
final class ServedItems {
    private static final Logger LOG = Logger.getLogger(ServedItems.class);

    private final Ranker ranker;
    private final Categories categories = new Categories();
    /** Of items whose title is another one than the ranker's. */
    private final Map<Integer, String> titles = new ConcurrentHashMap<>();
    private final BitSet named = new BitSet();
    private final Map<String, ItemState> coming = new LinkedHashMap<>();
    private String encoder;
    private long revision = -1;
    private boolean takesNewOnes = true;
    private volatile int removed;

    ServedItems(Ranker ranker) {
        this.ranker = ranker;
    }

    Categories categories() {
        return categories;
    }

    String title(int item) {
        String title = titles.get(item);
        return title == null ? ranker.title(item) : title;
    }

    /** How many items can be recommended. */
    int size() {
        return ranker.items() - removed;
    }

    /** Whose text vectors fit the model; null while that is not known. */
    String encoder() {
        return encoder;
    }

    void encoder(String name) {
        encoder = name;
    }

    /** How far the changes are taken in; -1 before the first. */
    long revision() {
        return revision;
    }

    /** Forgets what a look that broke off has left. */
    void begin() {
        named.clear();
        coming.clear();
    }

    void take(ItemState state) {
        int item = ranker.number(state.id());
        if (item == 0 && !(state.available() && state.embedded())) {
            return;
        }
        if (item == 0 || isNewText(item, state)) {
            coming.put(state.id(), state);
        }
        if (item == 0) {
            return;
        }
        named.set(item);
        categories.put(item, state.categories());
        rename(item, state.title());
        if (state.available() && ranker.restore(state.id())) {
            removed--;
        } else if (!state.available() && ranker.remove(state.id())) {
            removed++;
        }
    }

    /** An item that the model was not trained on is ranked by its text alone; the ranker has the title that its row was made of. */
    private boolean isNewText(int item, ItemState state) {
        return item > ranker.catalogue().size() && state.available() && state.embedded()
                && !ranker.title(item).equals(state.title());
    }

    private void rename(int item, String title) {
        if (ranker.title(item).equals(title)) {
            titles.remove(item);
        } else {
            titles.put(item, title);
        }
    }

    /** Takes out every item that was not named since {@link #begin}. */
    void removeTheRest() {
        for (int item = named.nextClearBit(1); item <= ranker.items(); item = named.nextClearBit(item + 1)) {
            // An older text of an item has a number of its own, which nothing names any more.
            if (ranker.number(ranker.id(item)) == item && ranker.remove(ranker.id(item))) {
                removed++;
                categories.put(item, List.of());
            }
        }
    }

    /** The ids of items that wait for their vector to be ranked, by the look that is under way. */
    List<String> coming() {
        return takesNewOnes ? List.copyOf(coming.keySet()) : List.of();
    }

    /** Puts items in by their text vectors. One whose vector is not among them has changed again, and comes with the next look. */
    void add(Map<String, float[]> vectors) {
        try {
            vectors.forEach((id, vector) -> {
                ItemState state = coming.get(id);
                int before = ranker.number(id);
                int item = ranker.add(id, state.title(), vector);
                categories.put(item, state.categories());
                rename(item, state.title());
                // Its older text stays there under a number of its own, out of every answer.
                if (before > 0 && item != before) {
                    removed++;
                    categories.put(before, List.of());
                }
            });
        } catch (PadrecException | IllegalArgumentException e) {
            takesNewOnes = false;
            LOG.warnf("Items that came after the training cannot be recommended: %s", e.getMessage());
        }
    }

    void done(long upTo) {
        revision = upTo;
        begin();
    }
}
