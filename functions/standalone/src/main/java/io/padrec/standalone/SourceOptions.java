package io.padrec.standalone;

import io.padrec.core.PadrecException;
import io.padrec.datasets.Columns;
import io.padrec.datasets.Format;
import io.padrec.datasets.Selection;
import io.padrec.datasets.SourceFiles;
import io.padrec.standalone.pipeline.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a dataset's files are, in which format, and what of them is kept. */
final class SourceOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(names = "--from", paramLabel = "PATH",
            description = "Folder with the dataset's files, or with --format also the file of interactions. Without it prime-pantry "
                    + "is downloaded from its authors' public repository, at a pinned commit, and checked.")
    Path path;

    @Option(names = "--format", paramLabel = "FORMAT",
            description = "Format of a dataset of your own: recbole, amazon, mind, movielens, csv or parquet.")
    String format;

    @Option(names = "--columns", paramLabel = "HOLDS=NAME", split = ",",
            description = "With csv, parquet and recbole, how the columns are called, e.g. user=customer,item=product,time=date,rating=stars,"
                    + "title=name.")
    Map<String, String> columns;

    @Option(names = "--text", paramLabel = "WHICH",
            description = "With --format, what is encoded of an item: title (default), or all: with amazon also brand, categories, "
                    + "features and description, with movielens genres, with mind category and abstract, with the others the "
                    + "columns named as text, e.g. text=brand+description; each in a line of its own.")
    String text;

    @Option(names = "--min-rating", paramLabel = "R", description = "With --format, leave interactions of a lower rating out.")
    Double minRating;

    @Option(names = "--k-core", paramLabel = "N",
            description = "With --format, leave users and items with fewer than N interactions out, until there is none.")
    Integer core;

    @Option(names = "--max-length", paramLabel = "L", description = "With --format, keep the newest L interactions of a user.")
    Integer maxLength;

    /**
     * Where the dataset comes from.
     *
     * @param stored whether one of that name may be in the store already, so that no files are needed
     * @throws ParameterException where the options make no sense together
     */
    Source source(String dataset, boolean stored) {
        if (format == null && (columns != null || text != null || minRating != null || core != null || maxLength != null)) {
            throw wrong("--columns, --text, --min-rating, --k-core and --max-length need --format");
        }
        if (format != null) {
            return formatted(dataset);
        }
        if (!Source.NAMES.contains(dataset) && (path != null || !stored)) {
            throw wrong("no dataset '" + dataset + "' to import; use " + String.join(" or ", Source.NAMES)
                    + ", or give your own with --format and --from");
        }
        if (path != null && dataset.equals("sample")) {
            throw wrong("the sample is made, not read from --from " + path + "; name the dataset with --dataset");
        }
        if (path != null && !Files.isDirectory(path)) {
            throw wrong("--from " + path + " is not a folder");
        }
        return new Source(dataset, Optional.ofNullable(path), Optional.empty());
    }

    private Source formatted(String dataset) {
        if (Source.NAMES.contains(dataset)) {
            throw wrong("'" + dataset + "' is padrec's own dataset; name yours otherwise with --dataset");
        }
        if (path == null || !Files.exists(path)) {
            throw wrong(path == null ? "--format needs --from" : "--from " + path + " is not there");
        }
        if (core != null && core < 1 || maxLength != null && maxLength < 1) {
            throw wrong("--k-core and --max-length must be 1 or more");
        }
        if (text != null && !text.equals("title") && !text.equals("all")) {
            throw wrong("--text must be title or all, not " + text);
        }
        try {
            Selection selection = new Selection(minRating == null ? OptionalDouble.empty() : OptionalDouble.of(minRating),
                    core == null ? 0 : core, maxLength == null ? 0 : maxLength, "all".equals(text));
            SourceFiles files = new SourceFiles(Format.named(format), path, columns == null ? Columns.USUAL : new Columns(columns),
                    selection);
            return new Source(dataset, Optional.of(path), Optional.of(files));
        } catch (PadrecException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
