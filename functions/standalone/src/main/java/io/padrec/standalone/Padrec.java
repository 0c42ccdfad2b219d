package io.padrec.standalone;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that only holds the others. */
@Command(name = "padrec", synopsisSubcommandLabel = "COMMAND",
        description = "Sequential recommendation that knows what items say.%n",
        footer = {"", "Each command has its own --help. State lies in --home (default .padrec under the current folder).",
            "With QUARKUS_DATASOURCE_JDBC_URL, _USERNAME and _PASSWORD set, that PostgreSQL (15 or later) is used",
            "instead of the embedded one. PADREC_JAVA_OPTS holds more options for java. With MLFLOW_TRACKING_URI set, training",
            "is logged to that MLflow server too."},
        subcommands = {QuickstartCommand.class, ImportCommand.class, EmbedCommand.class, PhaseCommand.Pretrain.class,
            PhaseCommand.Align.class, PhaseCommand.Finetune.class, EvaluateCommand.class, ReproduceCommand.class, TrainCommand.class,
            RecommendCommand.class, ExportCommand.class, ModelsCommand.class, RunsCommand.class, ServeCommand.class, UpCommand.class,
            DownCommand.class, PipelineCommand.class, ChaosCommand.class})
final class Padrec implements Callable<Integer> {
    private final PrintStream out;

    @Spec
    CommandSpec command;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    Padrec(PrintStream out) {
        this.out = out;
    }

    /** Where results go. */
    PrintStream out() {
        return out;
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(command.commandLine(), "a command is missing");
    }
}
