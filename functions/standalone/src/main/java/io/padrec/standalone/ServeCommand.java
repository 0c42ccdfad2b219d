package io.padrec.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Serves the promoted model. */
@Command(name = "serve", sortOptions = false, description = "Serve the promoted model over HTTP, until Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Mixin
    PortOption port;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        return new Program(common, padrec.out()).serving(port.number()).run(workplace -> {
            Serving.untilStopped(workplace, port.number());
            return 0;
        });
    }
}
