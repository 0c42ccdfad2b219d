package io.padrec.standalone;

import io.padrec.standalone.pipeline.Recommendations;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Asks the promoted model. */
@Command(name = "recommend", sortOptions = false,
        description = "Recommend with the promoted model, for a user of its dataset or for a history.")
final class RecommendCommand implements Callable<Integer> {
    private static final int MOST = 1000;

    @ParentCommand
    Padrec padrec;

    @Spec
    CommandSpec command;

    @Option(names = "--user", paramLabel = "ID", description = "A user of the model's dataset.")
    String user;

    @Option(names = "--history", paramLabel = "ID,ID,...", split = ",", description = "Item ids, oldest first.")
    List<String> history;

    @Option(names = "-k", paramLabel = "N", defaultValue = "10",
            description = "How many items, at most " + MOST + " (default: ${DEFAULT-VALUE}).")
    int k;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        if (k < 1 || k > MOST) {
            throw new ParameterException(command.commandLine(), "-k must be in 1.." + MOST + ", not " + k);
        }
        if ((user == null) == (history == null)) {
            throw new ParameterException(command.commandLine(), "give --user or --history, one of them");
        }
        return new Program(common, padrec.out()).beside().run(workplace -> {
            Recommendations recommendations = Recommendations.ofPromoted(workplace);
            if (user != null) {
                recommendations.showUser(user, k);
            } else {
                recommendations.showHistory("this history", history, k);
            }
            return 0;
        });
    }
}
