package io.padrec.standalone;

import io.padrec.core.PadrecException;
import io.padrec.core.Split;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is held out from training. */
final class SplitOption {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(names = "--split", paramLabel = "NAME", defaultValue = "leave-one-out",
            description = "leave-one-out (each user's last two items are held out) or temporal (what came after a time, the same for "
                    + "all users; takes a dataset with times) (default: ${DEFAULT-VALUE}).")
    String name;

    /** @throws ParameterException where there is no such split */
    Split.Kind kind() {
        try {
            return Split.Kind.named(name);
        } catch (PadrecException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
