package io.padrec.standalone;

import io.padrec.standalone.pipeline.EmbedStep;
import io.padrec.standalone.pipeline.EvaluateStep;
import io.padrec.standalone.pipeline.ImportStep;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.standalone.pipeline.Recommendations;
import io.padrec.standalone.pipeline.Report;
import io.padrec.standalone.pipeline.Source;
import io.padrec.standalone.pipeline.TrainSteps;
import io.padrec.standalone.pipeline.Workplace;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Everything, in order. */
@Command(name = "quickstart", sortOptions = false,
        description = "From texts and histories to a served model: import, embed, pretrain, align, finetune, evaluate, serve. "
                + "Run again, it goes on where it was stopped; what is done is not done twice.")
final class QuickstartCommand implements Callable<Integer> {
    private static final int EXAMPLES = 10;

    @ParentCommand
    Padrec padrec;

    @Mixin
    ModelOptions model;

    @Mixin
    SourceOptions from;

    @Mixin
    PortOption port;

    @Mixin
    ReportOption report;

    @Option(names = "--no-serve", description = "Stop after the examples.")
    boolean noServe;

    @Option(names = "--fresh", description = "Throw away everything in the home folder first (downloads stay).")
    boolean fresh;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Plan plan = model.plan();
        Source source = from.source(plan.dataset(), true);
        Program program = new Program(common, padrec.out()).fresh(fresh);
        if (!noServe) {
            // Up from the start, answering 503 until there is a model: a port in use is found before the work, not after.
            program.serving(port.number());
        }
        return program.run(workplace -> work(workplace, plan, source));
    }

    private int work(Workplace workplace, Plan plan, Source source) {
        new ImportStep(workplace).run(source);
        SnapshotRecord snapshot = new EmbedStep(workplace, plan).run();
        Path file = report.file(common.home);
        TrainSteps steps = new TrainSteps(workplace, plan, snapshot);
        Run pretrained = steps.pretrain();
        Run aligned = steps.align(pretrained);
        Run finetuned = steps.finetune(aligned);
        Report result = new EvaluateStep(workplace, plan).run(snapshot, List.of(pretrained, aligned, finetuned), file);
        workplace.output().result(result.json(), result.table());
        Recommendations.ofPromoted(workplace).showExamples(EXAMPLES);
        workplace.output().note("report written to " + file);
        if (!noServe) {
            Serving.untilStopped(workplace, port.number());
        }
        return 0;
    }
}
