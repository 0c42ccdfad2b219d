package io.padrec.standalone;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.standalone.chaos.Outcome;
import io.padrec.standalone.chaos.Trial;
import io.padrec.standalone.chaos.Weather;
import io.padrec.standalone.local.Copies;
import io.padrec.standalone.local.Local;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Outputs;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The trial of scripts/chaos. */
@Command(name = "chaos", hidden = true, sortOptions = false,
        description = "Run the sample's pipeline undisturbed, and once more while processes are killed, PostgreSQL is restarted, events "
                + "come three times in any order, the sink is down, and a worker is paused; then check that both came to the same, to "
                + "the byte. Exit code 0 where they did.")
final class ChaosCommand implements Callable<Integer> {
    private static final int QUICK_KILLS = 8;
    private static final int FEWEST = 4;

    @ParentCommand
    Padrec padrec;

    @Spec
    CommandSpec command;

    @Option(names = "--kills", paramLabel = "N", description = "Processes to kill (default: 20; with --quick " + QUICK_KILLS + ").")
    Integer kills;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed of the disturbances (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--home", paramLabel = "DIR", defaultValue = ".padrec/chaos",
            description = "Folder for both passes; what an earlier trial left there is thrown away (default: ${DEFAULT-VALUE}).")
    Path home;

    @Option(names = "--quick", description = "Few epochs and short outages: a few minutes.")
    boolean quick;

    @Mixin
    PortBaseOption ports;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write what was done and checked to FILE.")
    Path json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    @Override
    public Integer call() {
        int number = kills == null ? quick ? QUICK_KILLS : 20 : kills;
        if (number < FEWEST) {
            throw new ParameterException(command.commandLine(), "--kills must be " + FEWEST + " or more, one a stage, not " + number);
        }
        Weather weather = quick ? Weather.quick(number, seed) : Weather.whole(number, seed);
        Local.Plan plan = new Local.Plan(Project.root(), Project.root().resolve("infra/base"), ports.base(), Map.of(), Copies.ONE);
        Output output = Outputs.of(padrec.out(), false, 0);
        Interruption interruption = Interruption.watch(output, System.err, "stopped");
        try (Home calm = Home.open(home.resolve("undisturbed"), true); Home storm = Home.open(home.resolve("disturbed"), true)) {
            Outcome outcome = new Trial(plan, weather, output, Project.program().toString()).run(calm.folder(), storm.folder());
            if (json != null) {
                AtomicFiles.writeString(json.toAbsolutePath(), Json.pretty(outcome.json()));
            }
            output.result(outcome.json(), outcome.text());
            return outcome.holds() ? 0 : 1;
        } finally {
            Interruption.letItFinish();
            interruption.unwatch();
        }
    }
}
