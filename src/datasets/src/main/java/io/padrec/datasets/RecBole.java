package io.padrec.datasets;

import io.padrec.core.UserHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * RecBole's atomic files: tab-separated values under a header of {@code name:type}. An item's title is in the field
 * {@code title}, else in the first that ends so, such as {@code movie_title}, else in one of a name; further text in the fields that
 * are named.
 */
final class RecBole {
    private static final List<String> INTERACTION = List.of(Columns.USER, Columns.ITEM, Columns.RATING, Columns.TIME);
    private static final String ADVICE = "name the columns with --columns, e.g. user=user_id,item=item_id";

    private RecBole() {
    }

    static void read(Path path, Columns given, SourceRows rows) {
        Columns columns = given.or(Format.RECBOLE.usualColumns());
        Path interactions = Files.isDirectory(path) ? SourceFiles.only(path, SourceFiles.names(path).stream()
                .filter(name -> name.matches(".*\\.inter(\\.gz)?")).toList(), "interactions (.inter)") : path;
        String name = interactions.getFileName().toString().replaceFirst("\\.inter(\\.gz)?$", "");
        SourceFiles.find(SourceFiles.folder(interactions), name + ".item").ifPresent(items -> items(items, columns, rows));

        Set<String> needed = given.named(INTERACTION, rows.needsRatings()
                ? List.of(Columns.USER, Columns.ITEM, Columns.RATING) : List.of(Columns.USER, Columns.ITEM));
        DelimitedTable.readNamed(interactions, columns.of(INTERACTION), columns.of(List.copyOf(needed)), ADVICE, rows.log(),
                (line, values) -> rows.interaction(interactions, line, values.get(0), values.get(1), values.get(2),
                        values.get(3) == null ? UserHistory.NO_TIME : Values.time(values.get(3))));
    }

    private static void items(Path file, Columns columns, SourceRows rows) {
        rows.describedIn(file);
        String title = Optional.ofNullable(columns.names().get(Columns.TITLE)).orElseGet(() -> title(file));
        List<String> names = new ArrayList<>(List.of(columns.names().get(Columns.ITEM), title));
        names.addAll(columns.texts());
        DelimitedTable.readNamed(file, names, names, ADVICE + ",title=NAME", rows.log(),
                (line, values) -> rows.item(line, values.get(0), values.get(1), values.subList(2, values.size())));
    }

    private static String title(Path file) {
        List<String> names = DelimitedTable.names(file);
        for (String ending : List.of("title", "name")) {
            for (String start : List.of("", ".*_")) {
                Optional<String> found = names.stream().filter(name -> name.matches(start + ending)).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        return "title";
    }
}
