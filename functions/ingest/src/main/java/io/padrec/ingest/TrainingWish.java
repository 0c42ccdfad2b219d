package io.padrec.ingest;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the models of a snapshot are to be trained, as far as somebody said it: fields {@code recipe}, {@code epochs},
 * {@code seed}. The rest is up to pretraining.
 */
record TrainingWish(Map<String, Object> data) {
    static final TrainingWish NONE = new TrainingWish(Map.of());
    /** The recipes of src/training, which comes with PyTorch and so is no part of this function. */
    private static final Set<String> RECIPES = Set.of("best", "paper");
    private static final int MAX_EPOCHS = 1_000_000;

    /** @throws Problem 400 where a field is not as it must be */
    static TrainingWish of(Fields fields) {
        Map<String, Object> data = new LinkedHashMap<>();
        fields.text("recipe").ifPresent(name -> {
            if (!RECIPES.contains(name)) {
                throw Problem.wrong("recipe", "recipe must be best or paper, but is " + Fields.quoted(name));
            }
            data.put("recipe", name);
        });
        int epochs = fields.count("epochs", 0, MAX_EPOCHS);
        if (epochs > 0) {
            data.put("epochs", epochs);
        }
        fields.whole("seed").ifPresent(seed -> data.put("seed", seed));
        return new TrainingWish(data);
    }
}
