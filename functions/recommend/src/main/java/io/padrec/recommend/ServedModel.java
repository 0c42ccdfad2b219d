package io.padrec.recommend;

import io.padrec.ranking.Ranker;
import io.padrec.ranking.Recommendation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model in memory. A request takes it once and stays with it to its end, whatever is promoted meanwhile.
 *
 * @param id      what answers call it
 * @param dataset whose users it knows
 */
record ServedModel(String id, String dataset, Ranker ranker) {
    /** The items' numbers, those that the model does not know left out. */
    int[] numbers(List<String> items) {
        return items.stream().mapToInt(ranker.catalogue()::number).filter(number -> number > 0).toArray();
    }

    /** The items that the model does not know, each once. */
    List<String> unknown(List<String> items) {
        return items.stream().filter(item -> ranker.catalogue().number(item) == 0).distinct().toList();
    }

    Answer answer(List<Recommendation> ranked, List<String> ignored) {
        List<String> experts = ranker.experts();
        List<Answer.RankedItem> items = new ArrayList<>(ranked.size());
        for (Recommendation one : ranked) {
            Map<String, Float> shares = LinkedHashMap.newLinkedHashMap(experts.size());
            for (int k = 0; k < experts.size(); k++) {
                shares.put(experts.get(k), one.shares()[k]);
            }
            items.add(new Answer.RankedItem(ranker.catalogue().id(one.item()), one.score(),
                    ranker.catalogue().title(one.item()), shares));
        }
        return new Answer(id, items, ignored);
    }
}
