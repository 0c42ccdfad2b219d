package io.padrec.standalone;

import io.padrec.core.PadrecException;
import io.padrec.standalone.chain.Chain;
import io.padrec.standalone.chain.Wish;
import io.padrec.standalone.local.Up;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Outputs;
import io.padrec.training.Recipe;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Drives the functions that are up from a dataset to a served model. */
@Command(name = "pipeline", sortOptions = false,
        description = "From a dataset to a served model by the functions that padrec up started: upload, embed, snapshot, pretrain, "
                + "align, finetune, promote, recommend. Run again, it goes on where it was stopped; what is done is not done twice.")
final class PipelineCommand implements Callable<Integer> {
    private static final int EXAMPLES = 3;

    @ParentCommand
    Padrec padrec;

    @Spec
    CommandSpec command;

    @Option(names = "--dataset", paramLabel = "NAME", defaultValue = "sample",
            description = "Dataset: sample (synthetic) or prime-pantry (default: ${DEFAULT-VALUE}).")
    String dataset;

    @Mixin
    FromOption from;

    @Option(names = "--recipe", paramLabel = "NAME", defaultValue = "best",
            description = "best (strongest known) or paper (the paper's method) (default: ${DEFAULT-VALUE}).")
    String recipe;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Seed of all random numbers of training (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--epochs", paramLabel = "N", description = "At most so many epochs a phase, for a quick look.")
    Integer epochs;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Wish wish = wish();
        Output output = Outputs.of(padrec.out(), common.json, Integer.getInteger("padrec.columns", 0));
        Interruption interruption = Interruption.watch(output, System.err,
                "stopped looking on; the functions work on, and the same command goes on from there");
        try {
            new Chain(new Up(common.home), wish, output).run(EXAMPLES);
            return 0;
        } finally {
            output.finish();
            interruption.unwatch();
        }
    }

    /** @throws ParameterException where an option's value makes no sense */
    private Wish wish() {
        from.check(dataset);
        if (epochs != null && epochs < 1) {
            throw new ParameterException(command.commandLine(), "--epochs must be 1 or more, not " + epochs);
        }
        try {
            Recipe.named(recipe);
        } catch (PadrecException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        return new Wish(dataset, Optional.ofNullable(from.folder), recipe, seed, Optional.ofNullable(epochs));
    }
}
