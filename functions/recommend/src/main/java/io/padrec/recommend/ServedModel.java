package io.padrec.recommend;

import io.padrec.ranking.Ranker;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model in memory. A request takes it once and stays with it to its end, whatever is promoted meanwhile; its memory is freed when
 * it is neither served nor used any more.
 */
final class ServedModel {
    private final String id;
    private final String dataset;
    private final Ranker ranker;
    private final ServedItems items;
    /** Whoever loaded it counts as one. */
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * @param id      what answers call it
     * @param dataset whose users and items it knows
     */
    ServedModel(String id, String dataset, Ranker ranker) {
        this.id = id;
        this.dataset = dataset;
        this.ranker = ranker;
        this.items = new ServedItems(ranker);
    }

    String id() {
        return id;
    }

    String dataset() {
        return dataset;
    }

    Ranker ranker() {
        return ranker;
    }

    ServedItems items() {
        return items;
    }

    /** @return false where it is freed already and must not be used */
    boolean retain() {
        return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            ranker.close();
        }
    }

    /** The items' numbers, those that the model does not know left out. */
    int[] numbers(List<String> ids) {
        int[] numbers = new int[ids.size()];
        int known = 0;
        for (String id : ids) {
            int number = ranker.number(id);
            if (number > 0) {
                numbers[known++] = number;
            }
        }
        return known == numbers.length ? numbers : Arrays.copyOf(numbers, known);
    }

    /** The items that the model does not know, each once. */
    List<String> unknown(List<String> ids) {
        return ids.stream().filter(id -> ranker.number(id) == 0).distinct().toList();
    }
}
