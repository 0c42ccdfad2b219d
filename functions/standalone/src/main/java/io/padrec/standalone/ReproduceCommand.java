package io.padrec.standalone;

import io.padrec.standalone.pipeline.EmbedStep;
import io.padrec.standalone.pipeline.ImportStep;
import io.padrec.standalone.pipeline.InProcess;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.standalone.pipeline.Source;
import io.padrec.standalone.pipeline.Trainer;
import io.padrec.standalone.pipeline.Workplace;
import io.padrec.standalone.reproduce.OtherProcesses;
import io.padrec.standalone.reproduce.Reproduction;
import io.padrec.store.SnapshotRecord;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Table;
import io.padrec.training.Variants;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The paper's tables. */
@Command(name = "reproduce", sortOptions = false,
        description = "The paper's tables: rivals, alignment losses and ablations, each a row that differs from PAD in what it says and "
                + "in nothing else. Run again, it goes on where it was stopped; parts that rows share are trained once.")
final class ReproduceCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @ParentCommand
    Padrec padrec;

    @Option(names = "--table", paramLabel = "NAME", split = ",", defaultValue = "main",
            description = "Tables, comma-separated: main (rivals), fig2 (by frequency), fig3 (distances between a cold item's "
                    + "vectors), fig4 (the anchor, and forgetting), fig5 (alignment losses, forgetting and ablations), beyond "
                    + "(recommendation losses, null-space fusion, whitening, id dropout, logit adjustment, bins, lambda), or all "
                    + "(default: ${DEFAULT-VALUE}).")
    List<String> names;

    @Option(names = "--dataset", paramLabel = "NAME", defaultValue = "sample",
            description = "Dataset: sample (synthetic), prime-pantry, or one of yours (default: ${DEFAULT-VALUE}).")
    String dataset;

    @Mixin
    SourceOptions from;

    @Option(names = "--recipe", paramLabel = "NAME", defaultValue = "paper",
            description = "Recipe that the rows vary: paper or best (default: ${DEFAULT-VALUE}).")
    String recipe;

    @Option(names = "--backbone", paramLabel = "NAME", defaultValue = "sasrec",
            description = "Sequence encoder of every row: sasrec, gru4rec or caser (default: ${DEFAULT-VALUE}).")
    String backbone;

    @Option(names = "--seeds", paramLabel = "N", split = ",", defaultValue = "1,2,3",
            description = "Seeds of training, comma-separated (default: ${DEFAULT-VALUE}).")
    List<Long> seeds;

    @Option(names = "--budget", paramLabel = "MINUTES", defaultValue = "240",
            description = "No row is begun after so many minutes; the report says what is left (default: ${DEFAULT-VALUE}).")
    int budget;

    @Option(names = "--jobs", paramLabel = "N", defaultValue = "1",
            description = "Rows that are trained at a time, each in a process of its own with --threads threads; 0 threads = the cores "
                    + "divided among the jobs (default: ${DEFAULT-VALUE}).")
    int jobs;

    @Option(names = "--against", paramLabel = "ROW", defaultValue = Variants.PAD,
            description = "Row of the tables that the others are compared with, by a paired test over users (default: "
                    + "${DEFAULT-VALUE}).")
    String against;

    @Option(names = "--epochs", paramLabel = "N", description = "At most so many epochs a phase, for a quick look.")
    Integer epochs;

    @Mixin
    ComputeOptions compute;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        List<Table> tables = tables();
        Plan plan = plan();
        checkAgainst(plan, tables);
        Source source = from.source(dataset, true);
        return new Program(common, padrec.out()).plain(jobs > 1).run(workplace -> {
            new ImportStep(workplace).run(source);
            SnapshotRecord snapshot = new EmbedStep(workplace, plan).run();
            if (jobs == 1) {
                reproduce(workplace, plan, snapshot, new InProcess(workplace, plan.settings()), tables);
                return 0;
            }
            List<String> train = TrainCommand.line(workplace.home(), plan.settings());
            try (OtherProcesses others = new OtherProcesses(workplace.store().runs(), train)) {
                reproduce(workplace, plan, snapshot, others, tables);
            }
            return 0;
        });
    }

    private void reproduce(Workplace workplace, Plan plan, SnapshotRecord snapshot, Trainer trainer, List<Table> tables) {
        new Reproduction(workplace, plan, snapshot, trainer, jobs)
                .run(tables, seeds.stream().distinct().toList(), Duration.ofMinutes(budget), against);
    }

    private Plan plan() {
        if (budget < 0) {
            throw refused("--budget must be 0 or more, not " + budget);
        }
        if (jobs < 1) {
            throw refused("--jobs must be 1 or more, not " + jobs);
        }
        if (jobs > 1 && compute.threads == 0) {
            compute.threads = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
        }
        return compute.plan(dataset, RecipeOptions.recipe(command, recipe, backbone, epochs), seeds.getFirst());
    }

    private void checkAgainst(Plan plan, List<Table> tables) {
        List<String> rows = Variants.of(plan.recipe()).stream().filter(row -> !Collections.disjoint(row.tables(), tables))
                .map(Variant::name).toList();
        if (!against.equals(Variants.PAD) && !rows.contains(against)) {
            throw refused("--against: these tables have no row '" + against + "'; they have " + String.join("; ", rows));
        }
    }

    private List<Table> tables() {
        return names.stream().flatMap(name -> tables(name).stream()).distinct().sorted().toList();
    }

    private List<Table> tables(String name) {
        return switch (name) {
            case "main" -> List.of(Table.MAIN);
            case "fig2" -> List.of(Table.FIG2);
            case "fig3" -> List.of(Table.FIG3);
            case "fig4" -> List.of(Table.FIG4);
            case "fig5" -> List.of(Table.FIG5A, Table.FIG5B);
            case "beyond" -> List.of(Table.BEYOND);
            case "all" -> List.of(Table.values());
            default -> throw refused("no table '" + name + "'; use main, fig2, fig3, fig4, fig5, beyond or all");
        };
    }

    private ParameterException refused(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
