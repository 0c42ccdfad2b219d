package io.padrec.standalone;

import io.padrec.standalone.local.Up;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Outputs;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Stops what {@code up} started. */
@Command(name = "down", sortOptions = false,
        description = "Stop the functions that padrec up started, also where it was killed meanwhile.")
final class DownCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Output output = Outputs.of(padrec.out(), common.json, 0);
        Up up = new Up(common.home);
        boolean any = up.stop(output);
        if (Files.isDirectory(common.home)) {
            try (Home home = Home.open(common.home, false)) {
                any |= up.endLeftovers(output);
            }
        }
        if (!any) {
            output.note("nothing is up in " + common.home);
        }
        return 0;
    }
}
