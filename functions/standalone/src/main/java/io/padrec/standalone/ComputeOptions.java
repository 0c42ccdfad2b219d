package io.padrec.standalone;

import io.padrec.core.PadrecException;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.training.Recipe;
import io.padrec.training.Settings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where training runs, the text vectors that it takes, and what is held out from it. */
final class ComputeOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(names = "--embeddings", paramLabel = "FILE",
            description = "Your own text vectors: a .npy [items, width] in the items' order, or .safetensors with 'vectors' and "
                    + "optional 'ids'. Without it, the items' texts are encoded by bge-small-en-v1.5 in this process, or by what "
                    + "padrec.text.encoder says.")
    Path embeddings;

    @Mixin
    SplitOption split;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "Threads of an operation on the CPU; 0 = one for each core (default: ${DEFAULT-VALUE}).")
    int threads;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto",
            description = "auto (a GPU where there is one), cpu, or cuda:N (default: ${DEFAULT-VALUE}).")
    String device;

    /** @throws ParameterException where an option's value makes no sense */
    Plan plan(String dataset, Recipe recipe, long seed) {
        try {
            return new Plan(dataset, Optional.ofNullable(embeddings), split.kind(), recipe, seed,
                    new Settings(device, threads));
        } catch (PadrecException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
