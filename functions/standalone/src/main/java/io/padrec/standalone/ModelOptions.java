package io.padrec.standalone;

import io.padrec.standalone.pipeline.Plan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** What a model is made from; the same options name the same runs, so that the steps find each other's results. */
final class ModelOptions {
    @Mixin
    RecipeOptions trained;

    @Mixin
    ComputeOptions compute;

    /** @throws ParameterException where an option's value makes no sense */
    Plan plan() {
        return compute.plan(trained.dataset, trained.recipe(), trained.seed);
    }
}
