package io.padrec.standalone;

import io.padrec.standalone.chain.Chain;
import io.padrec.standalone.chain.Wish;
import io.padrec.standalone.local.Up;
import io.padrec.standalone.pipeline.Source;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Outputs;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Drives the functions that are up from a dataset to a served model. */
@Command(name = "pipeline", sortOptions = false,
        description = "From a dataset to a served model by the functions that padrec up started: upload, embed, snapshot, pretrain, "
                + "align, finetune, promote, recommend. Run again, it goes on where it was stopped; what is done is not done twice.")
final class PipelineCommand implements Callable<Integer> {
    private static final int EXAMPLES = 3;

    @ParentCommand
    Padrec padrec;

    @Mixin
    RecipeOptions trained;

    @Mixin
    SourceOptions from;

    @Mixin
    SplitOption split;

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

    /** What is to come of it; an option whose value makes no sense is refused first. */
    private Wish wish() {
        Source source = from.source(trained.dataset, false);
        trained.recipe();
        return new Wish(source, split.kind(), trained.recipe, trained.backbone, trained.seed,
                Optional.ofNullable(trained.epochs));
    }
}
