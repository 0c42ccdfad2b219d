package io.padrec.standalone;

import io.padrec.standalone.pipeline.ImportStep;
import io.padrec.standalone.pipeline.Source;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Brings a dataset into the store. */
@Command(name = "import", sortOptions = false, description = "Bring a dataset's items and histories into the store.")
final class ImportCommand implements Callable<Integer> {
    @ParentCommand
    Padrec padrec;

    @Option(names = "--dataset", paramLabel = "NAME", defaultValue = "sample",
            description = "Dataset: sample (synthetic), prime-pantry, or what yours is to be called (default: ${DEFAULT-VALUE}).")
    String dataset;

    @Mixin
    SourceOptions from;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Source source = from.source(dataset, true);
        return new Program(common, padrec.out()).run(workplace -> {
            new ImportStep(workplace).run(source);
            return 0;
        });
    }
}
