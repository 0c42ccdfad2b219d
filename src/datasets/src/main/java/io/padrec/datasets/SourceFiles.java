package io.padrec.datasets;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files of a dataset in one of the public formats. They may be as they are or {@code .gz}, and are read line by line: what is
 * held is 16 bytes an interaction, and each id and title once.
 *
 * @param path      folder of the files, or the file of interactions
 * @param columns   how the columns are called; for RecBole's files, CSV and Parquet
 * @param selection what is kept
 */
public record SourceFiles(Format format, Path path, Columns columns, Selection selection) {
    /** @throws PadrecException where the format has no such columns or no ratings to select by, or the text's columns are not named */
    public SourceFiles {
        if (!columns.names().isEmpty() && !format.hasColumns()) {
            throw new PadrecException("the columns of " + format + " have their names; leave them out");
        }
        if (format.hasColumns() && columns.texts().isEmpty() == selection.allText()) {
            throw new PadrecException(selection.allText()
                    ? "the columns of " + format + " whose text counts must be named, e.g. --columns text=brand+description"
                    : "a text column is read with --text all alone; give it, or leave the column out");
        }
        if (selection.minRating().isPresent() && !format.hasRatings()) {
            throw new PadrecException(format + " has no ratings to select by; leave the lowest rating out");
        }
    }

    /**
     * Reads the dataset. Lines that cannot be used are left out and counted. A history is in the order of time; what has the same
     * time, or none, in the order of the file; the same interaction at the same time counts once.
     *
     * @param name what the dataset is to be called
     * @throws PadrecException where a file is missing or is not what it should be, or nothing is left of it
     */
    public SourceDataset read(String name) {
        SourceRows rows = new SourceRows(selection);
        switch (format) {
            case RECBOLE -> RecBole.read(path, columns, rows);
            case AMAZON -> Amazon.read(path, rows);
            case MIND -> Mind.read(path, rows);
            case MOVIELENS -> MovieLens.read(path, rows);
            case CSV, PARQUET -> Tables.read(format, path, columns, rows);
        }
        return rows.toDataset(name, format.people() + " from " + path, path);
    }

    /** The names of a folder's files, in their order. */
    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new PadrecException("cannot read the folder " + folder + ": " + e + "; check its name and permissions", e);
        }
    }

    /** The folder's file of that name, as it is or {@code .gz}. */
    static Optional<Path> find(Path folder, String name) {
        return Stream.of(name, name + ".gz").map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    /** @throws PadrecException where it is not there */
    static Path get(Path folder, String name) {
        return find(folder, name).orElseThrow(() -> new PadrecException("there is no " + name + " (or " + name + ".gz) in " + folder
                + "; give the folder that it is in"));
    }

    /** The only one of the folder's files that could be meant. */
    static Path only(Path folder, List<String> names, String what) {
        if (names.size() != 1) {
            throw new PadrecException((names.isEmpty() ? "there is no " + what + " in " + folder
                    : "there are several files of " + what + " in " + folder + " (" + names.stream().limit(5)
                            .collect(Collectors.joining(", ")) + ")") + "; give the file itself");
        }
        return folder.resolve(names.getFirst());
    }

    /** The folder of the file, or the folder itself. */
    static Path folder(Path path) {
        return Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    }
}
