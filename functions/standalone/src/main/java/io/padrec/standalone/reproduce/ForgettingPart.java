package io.padrec.standalone.reproduce;

import io.padrec.standalone.reproduce.Figure.Bars;
import io.padrec.standalone.reproduce.Part.Grid;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Forgetting: how much of what phase 1 knew of ids alignment left, by the order of the distances among them. */
final class ForgettingPart {
    private static final String TAU = "tau";
    private static final String NOTE = "Kendall's tau-b between the distances of pairs of items (the same 400 items that occur in training, "
            + "79 800 pairs) by their id vectors before alignment, of phase 1, and after it, of phase 2; mean over seeds. 1: nothing was "
            + "forgotten; 0: nothing is left of the order. Where a recipe starts phase 2 afresh, it says how far the two agree.";

    private ForgettingPart() {
    }

    /** A row's figures, as JSON values. */
    static Map<String, Object> figures(String row, SortedMap<Long, Double> seeds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("row", row);
        json.put("seeds", List.copyOf(seeds.keySet()));
        json.put(TAU, seeds.values().stream().mapToDouble(tau -> tau).average().orElseThrow());
        json.put("tau.seeds", List.copyOf(seeds.values()));
        return json;
    }

    static Part of(List<Map<?, ?>> rows) {
        return new Part(Tables.FORGETTING, "Forgetting", NOTE, rows.isEmpty() ? List.of() : List.of(picture(rows)),
                new Grid(List.of("row", "seeds", "Kendall's tau", "of each seed"), rows.stream().map(ForgettingPart::cells).toList()), null);
    }

    private static List<String> cells(Map<?, ?> row) {
        List<?> seeds = (List<?>) row.get("tau.seeds");
        return List.of((String) row.get("row"), Integer.toString(seeds.size()), decimal(row.get(TAU)),
                String.join(", ", seeds.stream().map(ForgettingPart::decimal).toList()));
    }

    private static Figure picture(List<Map<?, ?>> rows) {
        Comparator<Map<?, ?>> byTau = Comparator.comparingDouble(row -> Section.number(row.get(TAU)));
        Map<?, ?> most = rows.stream().max(byTau).orElseThrow();
        Map<?, ?> least = rows.stream().min(byTau).orElseThrow();
        return new Figure("Kendall's tau", rows.stream().map(row -> (String) row.get("row")).toList(),
                List.of(new Bars("tau", rows.stream().map(row -> Section.number(row.get(TAU))).toList(), null)),
                "Kendall's tau of " + rows.size() + (rows.size() == 1 ? " row" : " rows") + ". Most is kept by " + most.get("row") + ", "
                        + decimal(most.get(TAU)) + ", least by " + least.get("row") + ", " + decimal(least.get(TAU)) + ".",
                "The higher the bar, the less was forgotten.");
    }

    private static String decimal(Object value) {
        return String.format(Locale.ROOT, "%.3f", Section.number(value));
    }
}
