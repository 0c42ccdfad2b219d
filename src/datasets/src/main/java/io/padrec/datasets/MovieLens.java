package io.padrec.datasets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * MovieLens: {@code ratings.csv} and {@code movies.csv} of the newer datasets, or {@code ratings.dat} and {@code movies.dat} of
 * those of 1 and 10 million ratings, whose values {@code ::} divides.
 */
final class MovieLens {
    private static final List<String> MOVIE = List.of("movieId", "title", "genres");
    private static final List<String> RATING = List.of("userId", "movieId", "rating", "timestamp");
    private static final String SEPARATOR = "::";
    private static final String NO_GENRES = "(no genres listed)";

    private MovieLens() {
    }

    static void read(Path path, SourceRows rows) {
        Path folder = SourceFiles.folder(path);
        Optional<Path> movies = SourceFiles.find(folder, "movies.dat");
        if (movies.isPresent()) {
            dat(movies.get(), SourceFiles.get(folder, "ratings.dat"), rows);
        } else {
            csv(SourceFiles.get(folder, "movies.csv"), SourceFiles.get(folder, "ratings.csv"), rows);
        }
    }

    private static void csv(Path movies, Path ratings, SourceRows rows) {
        rows.describedIn(movies);
        CsvTable.read(movies, MOVIE, MOVIE.subList(0, 2), "give the file as its publisher made it", rows.log(),
                (line, values) -> movie(line, values, rows));
        CsvTable.read(ratings, RATING, rows.log(), (line, values) -> rating(ratings, line, values, rows));
    }

    private static void dat(Path movies, Path ratings, SourceRows rows) {
        rows.describedIn(movies);
        // The movies of a million ratings are in Latin-1, those of ten million in UTF-8.
        DelimitedTable.read(movies, SEPARATOR, 3, StandardCharsets.ISO_8859_1, rows.log(),
                (line, values) -> movie(line, values, rows));
        DelimitedTable.read(ratings, SEPARATOR, 4, StandardCharsets.ISO_8859_1, rows.log(),
                (line, values) -> rating(ratings, line, values, rows));
    }

    private static void movie(long line, List<String> values, SourceRows rows) throws BadLine {
        String genres = values.get(2) == null || values.get(2).equals(NO_GENRES) ? "" : values.get(2);
        rows.item(line, values.get(0), values.get(1), List.of(genres.replace("|", ", ")));
    }

    private static void rating(Path file, long line, List<String> values, SourceRows rows) throws BadLine {
        rows.interaction(file, line, values.get(0), values.get(1), values.get(2), Values.time(values.get(3)));
    }
}
