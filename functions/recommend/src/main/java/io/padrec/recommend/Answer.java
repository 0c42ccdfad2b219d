package io.padrec.recommend;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * A list of items, best first. What is empty or null is left out of the JSON, but for the list itself.
 *
 * @param model   id of the model that ranked them
 * @param variant why that model: a variant's name, {@code promoted} or {@code pinned}
 * @param reason  why these items where it is not that a history was ranked, or null
 * @param ignored items of the history that the model does not know, each once
 */
@RegisterForReflection
public record Answer(String model, String variant, @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
        List<RankedItem> items, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> ignored) {
    /**
     * @param item    the item's id
     * @param score   what the list is ordered by
     * @param experts what each expert adds to the score; empty where no expert was asked
     * @param nearest items of the history that are most like it, the likest first; empty where it was not asked for
     */
    @RegisterForReflection
    public record RankedItem(String item, float score, String title,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Float> experts,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NearItem> nearest) {
    }

    /**
     * An item of the history that speaks for a recommended one.
     *
     * @param likeness of the two, in [-1, 1]
     */
    @RegisterForReflection
    public record NearItem(String item, float likeness) {
    }
}
