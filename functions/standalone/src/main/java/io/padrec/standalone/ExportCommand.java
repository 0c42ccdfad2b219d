package io.padrec.standalone;

import io.padrec.core.PadrecException;
import io.padrec.standalone.export.Export;
import io.padrec.standalone.pipeline.Workplace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A model's vectors for other programs. */
@Command(name = "export", sortOptions = false,
        description = "Write the vectors of a model's items and of its dataset's users, whose inner products are the scores. "
                + "FILE.parquet has the columns id and vector; FILE.npy is a matrix of float32, and FILE.ids.npy names its rows.")
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Spec
    CommandSpec command;

    @Option(names = "--model", paramLabel = "ID", description = "A model; without it and --run, the promoted one.")
    String model;

    @Option(names = "--run", paramLabel = "ID", description = "A run of any phase that has succeeded, instead of a model.")
    String run;

    @Option(names = "--items", paramLabel = "FILE",
            description = "Item vectors, a .npy or .parquet: of all experts side by side, each times its gate.")
    Path items;

    @Option(names = "--users", paramLabel = "FILE",
            description = "User vectors, a .npy or .parquet: of all experts side by side, after the whole history.")
    Path users;

    @Option(names = "--expert", paramLabel = "NAME", description = "The vectors of one expert alone, without gate: id, aligned or text.")
    String expert;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        if (model != null && run != null) {
            throw new ParameterException(command.commandLine(), "give --model or --run, one of them at most");
        }
        if (items == null && users == null) {
            throw new ParameterException(command.commandLine(), "give --items or --users, or both");
        }
        try {
            Stream.of(items, users).filter(file -> file != null).forEach(Export::checkName);
        } catch (PadrecException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        return new Program(common, padrec.out()).beside().run(workplace -> {
            export(workplace).write(Optional.ofNullable(expert), Optional.ofNullable(items), Optional.ofNullable(users));
            return 0;
        });
    }

    private Export export(Workplace workplace) {
        return model != null ? Export.ofModel(workplace, model)
                : run != null ? Export.ofRun(workplace, run) : Export.ofPromoted(workplace);
    }
}
