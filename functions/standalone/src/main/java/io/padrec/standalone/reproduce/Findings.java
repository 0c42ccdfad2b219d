package io.padrec.standalone.reproduce;

import io.padrec.core.Ranks;
import io.padrec.training.Spaces.Distances;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Measured;
import io.padrec.training.Variant.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** What was measured of rows, and the report that it makes. */
final class Findings {
    private final Comparison comparison;
    /** By row and seed. */
    private final Map<String, SortedMap<Long, Distances>> distances = new HashMap<>();
    private final Map<String, SortedMap<Long, Double>> kept = new HashMap<>();

    Findings(Comparison comparison) {
        this.comparison = comparison;
    }

    /** Whether any of the tables has the row. */
    static boolean has(Variant row, List<Table> tables) {
        return isRanked(row, tables) || hasDistances(row, tables);
    }

    /** Whether a table that shows ranks has the row. */
    static boolean isRanked(Variant row, List<Table> tables) {
        return tables.stream().anyMatch(table -> table != Table.FIG3 && row.tables().contains(table));
    }

    /** Whether Figure 3 has the row: one that has a space of ids and one of text. */
    static boolean hasDistances(Variant row, List<Table> tables) {
        return tables.contains(Table.FIG3) && row.tables().contains(Table.FIG3) && row.measured().phases() > 0;
    }

    /** Whether the row says what its alignment forgets; those that measure phase 2 alone would say it twice. */
    static boolean forgets(Variant row, List<Table> tables) {
        return row.measured() == Measured.PAD && List.of(Table.FIG4, Table.FIG5A).stream()
                .anyMatch(table -> tables.contains(table) && row.tables().contains(table));
    }

    void add(Variant row, long seed, Ranks ranks) {
        comparison.add(row, seed, ranks);
    }

    void add(Variant row, long seed, Distances of) {
        distances.computeIfAbsent(row.name(), name -> new TreeMap<>()).put(seed, of);
    }

    void add(Variant row, long seed, double tau) {
        kept.computeIfAbsent(row.name(), name -> new TreeMap<>()).put(seed, tau);
    }

    /**
     * @param about what all rows have in common
     * @param left  what is still to be measured
     */
    Tables report(Map<String, Object> about, List<Table> tables, List<Variant> rows, List<String> left) {
        Tables report = Tables.of(about, tables.stream().filter(table -> table != Table.FIG3).toList(), rows, comparison, left);
        if (tables.contains(Table.FIG3)) {
            report = report.with(Tables.DISTANCES, figures(rows, distances, DistancesPart::figures));
        }
        if (tables.contains(Table.FIG4) || tables.contains(Table.FIG5A)) {
            report = report.with(Tables.FORGETTING, figures(rows, kept, ForgettingPart::figures));
        }
        return report;
    }

    private static <T> List<Map<String, Object>> figures(List<Variant> rows, Map<String, SortedMap<Long, T>> measured,
            BiFunction<String, SortedMap<Long, T>, Map<String, Object>> figures) {
        return rows.stream().map(Variant::name).filter(measured::containsKey).map(row -> figures.apply(row, measured.get(row))).toList();
    }
}
