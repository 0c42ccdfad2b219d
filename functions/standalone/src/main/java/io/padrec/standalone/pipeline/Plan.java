package io.padrec.standalone.pipeline;

import io.padrec.core.Split;
import io.padrec.training.Recipe;
import io.padrec.training.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a model is made from. Equal plans name the same runs.
 *
 * @param dataset    name of the dataset
 * @param embeddings file of text vectors; none = the encoder that is configured
 * @param split      what is held out from training
 * @param recipe     how it is trained
 * @param seed       seed of training
 * @param settings   where it is trained; no part of the runs' names
 */
public record Plan(String dataset, Optional<Path> embeddings, Split.Kind split, Recipe recipe, long seed, Settings settings) {
    /** The same with another recipe and seed. */
    public Plan with(Recipe recipe, long seed) {
        return new Plan(dataset, embeddings, split, recipe, seed, settings);
    }
}
