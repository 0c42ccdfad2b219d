package io.padrec.standalone.reproduce;

import io.padrec.core.Json;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report: the tables that were asked for, as JSON and as Markdown; {@link Page} is the same for a browser. */
record Tables(Map<String, Object> json) {
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
        StringBuilder out = new StringBuilder("# " + heading() + "\n\n" + legend() + "\n");
        sections().forEach(section -> out.append('\n').append(markdown(section)));
        if (!left().isEmpty()) {
            out.append('\n').append(left()).append('\n');
        }
        return out.toString();
    }

    String heading() {
        return json.get("dataset") + ", recipe " + json.get("recipe") + ", seeds " + json.get("seeds");
    }

    /** What the figures are. */
    String legend() {
        return "Per cent of " + json.get("users") + " users, " + json.get("split") + " test split, ranked among all "
                + json.get("items") + " items; means over seeds, 95 % intervals over users. Δ: nDCG@10 less PAD's, and the p of the paired "
                + "test.";
    }

    List<Section> sections() {
        return ((Map<?, ?>) json.get("tables")).entrySet().stream()
                .map(table -> new Section(Table.valueOf(((String) table.getKey()).toUpperCase(Locale.ROOT)),
                        ((List<?>) table.getValue()).stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList()))
                .toList();
    }

    /** What is still to be measured; empty where nothing is. */
    String left() {
        List<?> left = (List<?>) json.get("left");
        return left.isEmpty() ? ""
                : "Still to be measured: " + String.join(", ", left.stream().map(String::valueOf).toList()) + ".";
    }

    private static String markdown(Section section) {
        StringBuilder out = new StringBuilder("## " + section.title() + "\n\n");
        out.append("| ").append(String.join(" | ", Section.HEADINGS)).append(" |\n");
        out.append("|---".repeat(Section.HEADINGS.size())).append("|\n");
        for (Map<?, ?> row : section.rows()) {
            out.append("| ").append(String.join(" | ", Section.cells(row))).append(" |\n");
        }
        return out.toString();
    }
}
