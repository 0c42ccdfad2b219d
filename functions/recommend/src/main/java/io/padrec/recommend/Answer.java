package io.padrec.recommend;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * A list of items, best first.
 *
 * @param model   id of the model that ranked them
 * @param ignored items of the history that the model does not know, each once; left out of the JSON where there are none
 */
public record Answer(String model, List<RankedItem> items,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> ignored) {
    /**
     * @param item    the item's id
     * @param score   what the list is ordered by
     * @param experts what each expert adds to the score
     */
    public record RankedItem(String item, float score, String title, Map<String, Float> experts) {
    }
}
