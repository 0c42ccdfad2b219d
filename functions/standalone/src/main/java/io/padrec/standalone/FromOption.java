package io.padrec.standalone;

import io.padrec.standalone.pipeline.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a dataset's files are. */
final class FromOption {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(names = "--from", paramLabel = "DIR",
            description = "Folder with the dataset's files. Without it prime-pantry is downloaded from its authors' public "
                    + "repository, at a pinned commit, and checked.")
    Path folder;

    /** @throws ParameterException where the dataset cannot be imported, or not from a folder */
    void check(String dataset) {
        if (!Sources.NAMES.contains(dataset)) {
            throw new ParameterException(command.commandLine(),
                    "no dataset '" + dataset + "' to import; use " + String.join(" or ", Sources.NAMES));
        }
        if (folder != null && dataset.equals("sample")) {
            throw new ParameterException(command.commandLine(), "the sample is made, not read from --from " + folder
                    + "; name the dataset with --dataset");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new ParameterException(command.commandLine(), "--from " + folder + " is not a folder");
        }
    }
}
