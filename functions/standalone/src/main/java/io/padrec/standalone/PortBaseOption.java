package io.padrec.standalone;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the functions answer. */
final class PortBaseOption {
    private static final int MOST = 65_500;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(names = "--port-base", paramLabel = "N", defaultValue = "8080",
            description = "Port of the router; ingest, pretrain, align, finetune and recommend have the next five (default: "
                    + "${DEFAULT-VALUE}).")
    int base;

    /** @throws ParameterException where there are no such ports */
    int base() {
        if (base < 1 || base > MOST) {
            throw new ParameterException(command.commandLine(), "--port-base must be in 1.." + MOST + ", not " + base);
        }
        return base;
    }
}
