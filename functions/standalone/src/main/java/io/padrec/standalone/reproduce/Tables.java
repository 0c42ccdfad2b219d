package io.padrec.standalone.reproduce;

import io.padrec.core.Json;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The report: the tables that were asked for, as JSON and as Markdown; {@link Page} is the same for a browser. */
record Tables(Map<String, Object> json) {
    static final String DISTANCES = "distances";
    static final String FORGETTING = "forgetting";
    static final String CURVES = "curves";
    /** Parts beside the tables, by their names in the JSON, in the order of the report. */
    private static final Map<String, Function<List<Map<?, ?>>, Part>> FURTHER = new LinkedHashMap<>();

    static {
        FURTHER.put(DISTANCES, DistancesPart::of);
        FURTHER.put(FORGETTING, ForgettingPart::of);
        FURTHER.put(CURVES, CurvesPart::of);
    }

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
        json.put("against", comparison.against());
        json.put("tables", byTable);
        json.put("left", left);
        return new Tables(json);
    }

    /** The same report with another part, as JSON values. */
    Tables with(String part, List<Map<String, Object>> rows) {
        Map<String, Object> more = new LinkedHashMap<>(json);
        more.put(part, rows);
        return new Tables(more);
    }

    String pretty() {
        return Json.pretty(json);
    }

    String markdown() {
        StringBuilder out = new StringBuilder("# " + heading() + "\n\n" + legend() + "\n");
        parts().forEach(part -> out.append('\n').append(markdown(part)));
        if (!left().isEmpty()) {
            out.append('\n').append(left()).append('\n');
        }
        return out.toString();
    }

    String heading() {
        return json.get("dataset") + ", recipe " + json.get("recipe") + ", " + json.get("backbone") + ", seeds " + json.get("seeds");
    }

    /** What the figures are. */
    String legend() {
        return "Per cent of " + json.get("users") + " users, " + json.get("split") + " test split, ranked among all "
                + json.get("items") + " items; means over seeds, 95 % intervals over users. Δ: nDCG@10 less that of "
                + json.get("against") + ", and the p of the paired test.";
    }

    /** The tables that were asked for, then what else was. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        ((Map<?, ?>) json.get("tables")).forEach((table, rows) -> parts.add(new Section(
                Table.valueOf(((String) table).toUpperCase(Locale.ROOT)), rows(rows)).part()));
        FURTHER.forEach((name, part) -> {
            if (json.containsKey(name)) {
                parts.add(part.apply(rows(json.get(name))));
            }
        });
        return parts;
    }

    private static List<Map<?, ?>> rows(Object rows) {
        return ((List<?>) rows).stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
    }

    /** What is still to be measured; empty where nothing is. */
    String left() {
        List<?> left = (List<?>) json.get("left");
        return left.isEmpty() ? ""
                : "Still to be measured: " + String.join(", ", left.stream().map(String::valueOf).toList()) + ".";
    }

    private static String markdown(Part part) {
        StringBuilder out = new StringBuilder("## " + part.title() + "\n\n");
        if (!part.note().isEmpty()) {
            out.append(part.note()).append("\n\n");
        }
        List<String> headings = part.table().headings();
        out.append("| ").append(String.join(" | ", headings)).append(" |\n").append("|---".repeat(headings.size())).append("|\n");
        part.table().rows().forEach(row -> out.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return out.toString();
    }
}
