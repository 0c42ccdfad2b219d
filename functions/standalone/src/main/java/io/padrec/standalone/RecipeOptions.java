package io.padrec.standalone;

import io.padrec.core.PadrecException;
import io.padrec.training.Recipe;
import io.padrec.training.Recipe.BackboneKind;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is trained, on what. */
final class RecipeOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(names = "--dataset", paramLabel = "NAME", defaultValue = "sample",
            description = "Dataset: sample (synthetic), prime-pantry, or one of yours (default: ${DEFAULT-VALUE}).")
    String dataset;

    @Option(names = "--recipe", paramLabel = "NAME", defaultValue = "best",
            description = "best (strongest known) or paper (the paper's method) (default: ${DEFAULT-VALUE}).")
    String recipe;

    @Option(names = "--backbone", paramLabel = "NAME", defaultValue = "sasrec",
            description = "Sequence encoder of the experts: sasrec, gru4rec or caser (default: ${DEFAULT-VALUE}).")
    String backbone;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Seed of all random numbers of training (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--epochs", paramLabel = "N", description = "At most so many epochs a phase, for a quick look.")
    Integer epochs;

    /** @throws ParameterException where an option's value makes no sense */
    Recipe recipe() {
        return recipe(command, recipe, backbone, epochs);
    }

    /**
     * @param epochs at most so many a phase; null for the recipe's own
     * @throws ParameterException where a value makes no sense
     */
    static Recipe recipe(CommandSpec command, String recipe, String backbone, Integer epochs) {
        if (epochs != null && epochs < 1) {
            throw new ParameterException(command.commandLine(), "--epochs must be 1 or more, not " + epochs);
        }
        try {
            Recipe named = Recipe.named(recipe).withBackbone(BackboneKind.named(backbone));
            return epochs == null ? named : named.withEpochs(epochs);
        } catch (PadrecException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
