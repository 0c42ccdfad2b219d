package io.padrec.standalone;

import io.padrec.standalone.pipeline.EmbedStep;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.standalone.pipeline.TrainSteps;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** One phase of training; the phases before it must be done, with the same options. */
abstract class PhaseCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Mixin
    ModelOptions model;

    @Mixin
    CommonOptions common;

    abstract void train(TrainSteps steps);

    @Override
    public Integer call() {
        Plan plan = model.plan();
        return new Program(common, padrec.out()).run(workplace -> {
            train(new TrainSteps(workplace, plan, new EmbedStep(workplace, plan).run()));
            return 0;
        });
    }

    /** Phase 1. */
    @Command(name = "pretrain", sortOptions = false,
            description = "Phase 1: train the sequential recommender on ids, and one on texts.")
    static final class Pretrain extends PhaseCommand {
        @Override
        void train(TrainSteps steps) {
            steps.pretrain();
        }
    }

    /** Phase 2. */
    @Command(name = "align", sortOptions = false, description = "Phase 2: train the recommender on ids and texts aligned.")
    static final class Align extends PhaseCommand {
        @Override
        void train(TrainSteps steps) {
            steps.align(steps.finished("pretrain", null));
        }
    }

    /** Phase 3. */
    @Command(name = "finetune", sortOptions = false, description = "Phase 3: bring the three experts together.")
    static final class Finetune extends PhaseCommand {
        @Override
        void train(TrainSteps steps) {
            steps.finetune(steps.finished("align", steps.finished("pretrain", null)));
        }
    }
}
