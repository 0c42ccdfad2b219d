package io.padrec.datasets;

import io.padrec.core.Item;
import io.padrec.core.UserHistory;
import java.util.List;

/**
 * A dataset as read from its source. Item ids are distinct, user ids are distinct, and every item of a history is among the
 * items; no text holds the character 0.
 *
 * @param name      the dataset's name, as people type it
 * @param origin    a sentence for people: where it comes from
 * @param items     in the order of their numbers
 * @param histories each at least one item long, oldest item first
 * @param problems  what was left out
 */
public record SourceDataset(String name, String origin, List<Item> items, List<UserHistory> histories,
        ImportProblems problems) {
    public SourceDataset {
        items = List.copyOf(items);
        histories = List.copyOf(histories);
    }

    /** How many items stand in all histories together. */
    public int interactions() {
        return histories.stream().mapToInt(history -> history.items().size()).sum();
    }
}
