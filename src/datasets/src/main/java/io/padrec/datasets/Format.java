package io.padrec.datasets;

import io.padrec.core.PadrecException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A format in which datasets are published. */
public enum Format {
    /** RecBole's atomic files: {@code NAME.inter}, and {@code NAME.item} where there is one. */
    RECBOLE("RecBole files"),
    /** Amazon Reviews of 2018 or 2023, in JSON lines: {@code NAME.json} or {@code .jsonl}, and {@code meta_NAME}. */
    AMAZON("Amazon reviews"),
    /** MIND: {@code behaviors.tsv} and {@code news.tsv}. */
    MIND("MIND"),
    /** MovieLens: {@code ratings} and {@code movies}, as {@code .csv} or {@code .dat}. */
    MOVIELENS("MovieLens"),
    /** {@code interactions.csv} and, where there is one, {@code items.csv}; or one file of interactions. */
    CSV("CSV"),
    /** As CSV, in {@code .parquet} files. */
    PARQUET("Parquet");

    private final String people;

    Format(String people) {
        this.people = people;
    }

    /** The formats' names, as people type them. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Format::toString).toList();
    }

    /** @throws PadrecException where there is none of that name */
    public static Format named(String name) {
        return Arrays.stream(values()).filter(format -> format.toString().equals(name)).findFirst().orElseThrow(() ->
                new PadrecException("no format '" + name + "'; there are " + String.join(", ", names())));
    }

    /** True where the names of the columns can be told. */
    public boolean hasColumns() {
        return this == RECBOLE || this == CSV || this == PARQUET;
    }

    public boolean hasRatings() {
        return this != MIND;
    }

    /** For people. */
    String people() {
        return people;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the format calls the columns that every table of it has or may have. */
    Map<String, String> usualColumns() {
        return this == RECBOLE
                ? Map.of(Columns.USER, "user_id", Columns.ITEM, "item_id", Columns.TIME, "timestamp", Columns.RATING, "rating")
                : Map.of(Columns.USER, "user", Columns.ITEM, "item", Columns.TIME, "time", Columns.RATING, "rating",
                        Columns.TITLE, "title");
    }
}
