package io.padrec.standalone.chain;

import io.padrec.core.Json;
import io.padrec.core.Split;
import io.padrec.standalone.pipeline.Source;
import io.padrec.training.Recipe;
import io.padrec.training.Recipe.BackboneKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be trained.
 *
 * @param source   where the dataset comes from
 * @param split    what is held out from training
 * @param recipe   the recipe's name
 * @param backbone the sequence encoder's name
 * @param seed     seed of training
 * @param epochs   most epochs a phase; none = as the recipe has it
 */
public record Wish(Source source, Split.Kind split, String recipe, String backbone, long seed, Optional<Integer> epochs) {
    String dataset() {
        return source.dataset();
    }

    /** As a snapshot is told of it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataset", dataset());
        json.put("split", split.toString());
        json.put("recipe", recipe);
        json.put("backbone", backbone);
        epochs.ifPresent(most -> json.put("epochs", most));
        json.put("seed", seed);
        return json;
    }

    /** The configuration of its runs, by which they are known among all runs on the snapshot. */
    Map<String, Object> config() {
        Recipe named = Recipe.named(recipe).withBackbone(BackboneKind.named(backbone));
        return Json.parseObject(Json.write(epochs.map(named::withEpochs).orElse(named).toMap()));
    }
}
