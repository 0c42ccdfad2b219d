package io.padrec.datasets;

import io.padrec.core.UserHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Tables with named columns, in CSV or Parquet: {@code interactions} with the columns user and item, and time, rating and title
 * where there are such; {@code items} with item and title, where there is such a file.
 * Columns of further text stand beside the title.
 */
final class Tables {
    private static final List<String> INTERACTION = List.of(Columns.USER, Columns.ITEM, Columns.RATING, Columns.TIME,
            Columns.TITLE);
    private static final String ADVICE = "name the columns with --columns, e.g. user=customer,item=product,time=date";

    @FunctionalInterface
    private interface Table {
        void read(Path file, List<String> columns, Collection<String> needed, String advice, ProblemLog log, RowReader rows);
    }

    private Tables() {
    }

    /** @param format CSV or Parquet */
    static void read(Format format, Path path, Columns given, SourceRows rows) {
        Table table = format == Format.PARQUET ? ParquetTable::read : CsvTable::read;
        Columns columns = given.or(format.usualColumns());
        Path interactions = Files.isDirectory(path) ? SourceFiles.get(path, "interactions." + format) : path;
        Optional<Path> items = Files.isDirectory(path) ? SourceFiles.find(path, "items." + format) : Optional.empty();
        items.ifPresent(file -> items(table, file, columns, rows));

        List<String> needed = new ArrayList<>(List.of(Columns.USER, Columns.ITEM));
        if (rows.needsRatings()) {
            needed.add(Columns.RATING);
        }
        List<String> named = new ArrayList<>(given.named(INTERACTION, needed));
        items.ifPresent(_ -> named.remove(Columns.TITLE));
        List<String> texts = items.isEmpty() ? columns.texts() : List.of();
        RowReader reader = (line, values) -> {
            rows.interaction(interactions, line, values.get(0), values.get(1), values.get(2),
                    values.get(3) == null ? UserHistory.NO_TIME : Values.time(values.get(3)));
            if (items.isEmpty()) {
                rows.title(values.get(1), values.get(4), values.subList(INTERACTION.size(), values.size()));
            }
        };
        table.read(interactions, all(columns.of(INTERACTION), texts), all(columns.of(named), texts), ADVICE, rows.log(), reader);
    }

    private static void items(Table table, Path file, Columns columns, SourceRows rows) {
        rows.describedIn(file);
        List<String> names = all(columns.of(List.of(Columns.ITEM, Columns.TITLE)), columns.texts());
        table.read(file, names, names, ADVICE, rows.log(),
                (line, values) -> rows.item(line, values.get(0), values.get(1), values.subList(2, values.size())));
    }

    private static List<String> all(List<String> columns, List<String> more) {
        List<String> all = new ArrayList<>(columns);
        all.addAll(more);
        return all;
    }
}
