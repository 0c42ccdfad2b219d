package io.padrec.standalone.reproduce;

import io.padrec.core.FrequencyBins.Stratum;
import io.padrec.standalone.reproduce.Part.Grid;
import io.padrec.training.Variant.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One table of the report and how its figures read.
 *
 * @param rows as {@link Comparison#figures} makes them
 */
record Section(Table table, List<Map<?, ?>> rows) {
    static final List<String> STRATA = Arrays.stream(Stratum.values())
            .map(stratum -> stratum.name().toLowerCase(Locale.ROOT)).toList();
    private static final List<String> HEADINGS = List.of("row", "seeds", "HR@10", "95 %", "nDCG@10", "95 %", "HR@10 unseen", "cold", "median",
            "warm", "Δ", "p");
    static final String DIFFERENCE = "ndcg@10.difference";
    private static final Map<Table, String> TITLES = new EnumMap<>(Map.of(Table.MAIN, "Rivals (main table)",
            Table.FIG2, "By the target's frequency (Figure 2)", Table.FIG4, "The anchor (Figure 4)",
            Table.FIG5A, "Alignment losses (Figure 5a)", Table.FIG5B, "What each part is worth (Figure 5b)",
            Table.BEYOND, "Beyond the paper"));
    /** Of a row, what is no figure. */
    private static final Set<String> WORDS = Set.of("row", "recipe", "measured", "seeds", "against");

    Part part() {
        List<String> figures = figures();
        List<String> headings = new ArrayList<>(List.of("row"));
        headings.addAll(figures);
        return new Part(table.name().toLowerCase(Locale.ROOT), TITLES.get(table), "", rows.isEmpty() ? List.of() : List.of(Figure.of(this)),
                new Grid(HEADINGS, rows.stream().map(Section::cells).toList()),
                new Grid(headings, rows.stream().map(row -> everything(row, figures)).toList()));
    }

    private static List<String> everything(Map<?, ?> row, List<String> figures) {
        List<String> cells = new ArrayList<>(List.of((String) row.get("row")));
        figures.forEach(figure -> cells.add(figure(row, figure)));
        return cells;
    }

    /** A row under {@link #HEADINGS}. */
    private static List<String> cells(Map<?, ?> row) {
        List<String> cells = new ArrayList<>(List.of((String) row.get("row"), Integer.toString(((List<?>) row.get("seeds")).size()),
                percent(row.get("hr@10")), figure(row, "hr@10.ci95"), percent(row.get("ndcg@10")), figure(row, "ndcg@10.ci95")));
        STRATA.forEach(stratum -> cells.add(percent(row.get("hr@10." + stratum))));
        cells.add(figure(row, DIFFERENCE));
        cells.add(figure(row, "p"));
        return cells;
    }

    /** The names of all figures of any row. */
    private List<String> figures() {
        return rows.stream().flatMap(row -> row.keySet().stream()).map(String::valueOf).filter(name -> !WORDS.contains(name))
                .distinct().toList();
    }

    /** A figure as text; empty where the row has none of that name. */
    static String figure(Map<?, ?> row, String name) {
        return switch (row.get(name)) {
            case null -> "";
            case Number p when name.equals("p") -> String.format(Locale.ROOT, "%.4f", p.doubleValue());
            case Number difference when name.equals(DIFFERENCE) -> String.format(Locale.ROOT, "%+.2f", 100 * difference.doubleValue());
            case List<?> several -> String.join(name.endsWith(".ci95") ? " – " : ", ", several.stream().map(Section::percent).toList());
            case Object fraction -> percent(fraction);
        };
    }

    static String percent(Object fraction) {
        return String.format(Locale.ROOT, "%.2f", 100 * number(fraction));
    }

    static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
