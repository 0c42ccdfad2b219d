package io.padrec.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CSV files with a header: {@code interactions.csv} with the columns user and item, and time, rating and title where there are
 * such; {@code items.csv} with item and title, where there is one.
 */
final class Csv {
    private static final List<String> INTERACTION = List.of(Columns.USER, Columns.ITEM, Columns.RATING, Columns.TIME,
            Columns.TITLE);
    private static final String ADVICE = "name the columns with --columns, e.g. user=customer,item=product,time=date";

    private Csv() {
    }

    static void read(Path path, Columns given, SourceRows rows) {
        Columns columns = given.or(Format.CSV.usualColumns());
        Path interactions = Files.isDirectory(path) ? SourceFiles.get(path, "interactions.csv") : path;
        Optional<Path> items = Files.isDirectory(path) ? SourceFiles.find(path, "items.csv") : Optional.empty();
        items.ifPresent(file -> items(file, columns, rows));

        List<String> needed = new ArrayList<>(List.of(Columns.USER, Columns.ITEM));
        if (rows.needsRatings()) {
            needed.add(Columns.RATING);
        }
        List<String> named = new ArrayList<>(given.named(INTERACTION, needed));
        items.ifPresent(_ -> named.remove(Columns.TITLE));
        CsvTable.read(interactions, columns.of(INTERACTION), columns.of(named), ADVICE, rows.log(), (line, values) -> {
            rows.interaction(interactions, line, values.get(0), values.get(1), values.get(2),
                    values.get(3) == null ? Interactions.NO_TIME : Values.time(values.get(3)));
            if (items.isEmpty()) {
                rows.title(values.get(1), values.get(4));
            }
        });
    }

    private static void items(Path file, Columns columns, SourceRows rows) {
        rows.describedIn(file);
        List<String> names = columns.of(List.of(Columns.ITEM, Columns.TITLE));
        CsvTable.read(file, names, names, ADVICE, rows.log(), (line, values) -> rows.item(line, values.get(0), values.get(1)));
    }
}
