package io.padrec.standalone;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where recommendations are served. */
final class PortOption {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080",
            description = "Port of the HTTP server (default: ${DEFAULT-VALUE}).")
    int port;

    /** @throws ParameterException where it is no port */
    int number() {
        if (port < 1 || port > 65_535) {
            throw new ParameterException(command.commandLine(), "--port must be in 1..65535, not " + port);
        }
        return port;
    }
}
