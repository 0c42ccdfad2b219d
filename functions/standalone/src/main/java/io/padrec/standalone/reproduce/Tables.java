package io.padrec.standalone.reproduce;

import io.padrec.core.Json;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report: the tables that were asked for, as JSON and as Markdown. */
record Tables(Map<String, Object> json) {
    private static final Map<Table, String> TITLES = new EnumMap<>(Map.of(Table.MAIN, "Rivals (main table)",
            Table.FIG2, "By the target's frequency (Figure 2)", Table.FIG4, "The anchor (Figure 4)",
            Table.FIG5A, "Alignment losses (Figure 5a)", Table.FIG5B, "What each part is worth (Figure 5b)",
            Table.BEYOND, "Beyond the paper"));
    private static final List<String> STRATA = List.of("unseen", "cold", "median", "warm");

    /**
     * @param about what all rows have in common
     * @param left  rows and seeds that are still to be measured
     */
    static Tables of(Map<String, Object> about, List<Table> tables, List<Variant> rows, Comparison comparison, List<String> left) {
        Map<String, Object> byTable = new LinkedHashMap<>();
        for (Table table : tables) {
            byTable.put(table.name().toLowerCase(Locale.ROOT), rows.stream().filter(row -> row.tables().contains(table))
                    .map(comparison::figures).filter(figures -> !figures.isEmpty()).toList());
        }
        Map<String, Object> json = new LinkedHashMap<>(about);
        json.put("tables", byTable);
        json.put("left", left);
        return new Tables(json);
    }

    String pretty() {
        return Json.pretty(json);
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(json.get("dataset")).append(", recipe ").append(json.get("recipe")).append(", seeds ")
                .append(json.get("seeds")).append("\n\nPer cent of ").append(json.get("users")).append(" users, test split, ranked among all ")
                .append(json.get("items")).append(" items; means over seeds, 95 % intervals over users. Δ: nDCG@10 less PAD's, and the p of ")
                .append("the paired test.\n");
        ((Map<?, ?>) json.get("tables")).forEach((table, rows) -> out.append('\n').append(section((String) table, (List<?>) rows)));
        List<?> left = (List<?>) json.get("left");
        if (!left.isEmpty()) {
            out.append("\nStill to be measured: ").append(String.join(", ", left.stream().map(String::valueOf).toList())).append(".\n");
        }
        return out.toString();
    }

    private static String section(String table, List<?> rows) {
        StringBuilder out = new StringBuilder("## " + TITLES.get(Table.valueOf(table.toUpperCase(Locale.ROOT))) + "\n\n");
        out.append("| row | seeds | HR@10 | 95 % | nDCG@10 | 95 % | HR@10 unseen | cold | median | warm | Δ | p |\n");
        out.append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (Object row : rows) {
            out.append("| ").append(String.join(" | ", cells((Map<?, ?>) row))).append(" |\n");
        }
        return out.toString();
    }

    private static List<String> cells(Map<?, ?> row) {
        List<String> cells = new ArrayList<>(List.of((String) row.get("row"), Integer.toString(((List<?>) row.get("seeds")).size()),
                percent(row.get("hr@10")), interval(row.get("hr@10.ci95")), percent(row.get("ndcg@10")),
                interval(row.get("ndcg@10.ci95"))));
        STRATA.forEach(stratum -> cells.add(percent(row.get("hr@10." + stratum))));
        boolean compared = row.get("p") != null;
        cells.add(compared ? String.format(Locale.ROOT, "%+.2f", 100 * number(row.get("ndcg@10 less PAD's"))) : "");
        cells.add(compared ? String.format(Locale.ROOT, "%.4f", number(row.get("p"))) : "");
        return cells;
    }

    private static String interval(Object ends) {
        return percent(((List<?>) ends).getFirst()) + " – " + percent(((List<?>) ends).getLast());
    }

    private static String percent(Object fraction) {
        return String.format(Locale.ROOT, "%.2f", 100 * number(fraction));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
