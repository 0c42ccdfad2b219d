package io.padrec.standalone;

import io.padrec.standalone.pipeline.EmbedStep;
import io.padrec.standalone.pipeline.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Gives every item a text vector. */
@Command(name = "embed", sortOptions = false, description = "Give every item of a dataset a text vector.")
final class EmbedCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Mixin
    ModelOptions model;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Plan plan = model.plan();
        return new Program(common, padrec.out()).run(workplace -> {
            new EmbedStep(workplace, plan).run();
            return 0;
        });
    }
}
