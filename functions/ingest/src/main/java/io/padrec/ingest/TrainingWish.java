package io.padrec.ingest;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the models of a snapshot are to be trained, as far as somebody said it: fields {@code recipe}, {@code backbone},
 * {@code epochs}, {@code seed}. The rest is up to pretraining.
 */
record TrainingWish(Map<String, Object> data) {
    static final TrainingWish NONE = new TrainingWish(Map.of());
    /** The recipes and backbones of src/training, which comes with PyTorch and so is no part of this function. */
    private static final List<String> RECIPES = List.of("best", "paper");
    private static final List<String> BACKBONES = List.of("sasrec", "gru4rec", "caser");
    private static final int MAX_EPOCHS = 10_000;

    /** @throws Problem 400 where a field is not as it must be */
    static TrainingWish of(Fields fields) {
        Map<String, Object> data = new LinkedHashMap<>();
        choice(fields, "recipe", RECIPES).ifPresent(name -> data.put("recipe", name));
        choice(fields, "backbone", BACKBONES).ifPresent(name -> data.put("backbone", name));
        int epochs = fields.count("epochs", 0, MAX_EPOCHS);
        if (epochs > 0) {
            data.put("epochs", epochs);
        }
        fields.whole("seed").ifPresent(seed -> data.put("seed", seed));
        return new TrainingWish(data);
    }

    private static Optional<String> choice(Fields fields, String field, List<String> names) {
        Optional<String> given = fields.text(field);
        given.filter(name -> !names.contains(name)).ifPresent(name -> {
            throw Problem.wrong(field, field + " must be " + String.join(" or ", names) + ", but is " + Fields.quoted(name));
        });
        return given;
    }
}
