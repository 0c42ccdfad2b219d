package io.padrec.standalone;

import io.padrec.standalone.pipeline.EmbedStep;
import io.padrec.standalone.pipeline.EvaluateStep;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.standalone.pipeline.Report;
import io.padrec.standalone.pipeline.TrainSteps;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Measures what was trained. */
@Command(name = "evaluate", sortOptions = false,
        description = "Measure the three phases on the test split, write the report, and promote the model.")
final class EvaluateCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Mixin
    ModelOptions model;

    @Mixin
    ReportOption report;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Plan plan = model.plan();
        return new Program(common, padrec.out()).run(workplace -> {
            SnapshotRecord snapshot = new EmbedStep(workplace, plan).run();
            TrainSteps steps = new TrainSteps(workplace, plan, snapshot);
            Run pretrained = steps.finished("pretrain", null);
            Run aligned = steps.finished("align", pretrained);
            Run finetuned = steps.finished("finetune", aligned);
            Report result = new EvaluateStep(workplace, plan).run(snapshot, List.of(pretrained, aligned, finetuned),
                    report.file(common.home));
            workplace.output().result(result.json(), result.table());
            return 0;
        });
    }
}
