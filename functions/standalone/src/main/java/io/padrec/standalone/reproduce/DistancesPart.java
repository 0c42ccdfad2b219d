package io.padrec.standalone.reproduce;

import io.padrec.standalone.reproduce.Lines.Line;
import io.padrec.standalone.reproduce.Part.Grid;
import io.padrec.training.Spaces.Distances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Figure 3: how far each cold item's collaborative and textual vectors lie apart, as distributions over items and seeds. */
final class DistancesPart {
    private static final String NOTE = "Euclidean distance between a cold item's collaborative vector e and its projected text vector p(x), "
            + "each brought to unit length: 0 is the same direction, 1.41 what strangers have, 2 the opposite direction. PAD and SMEM: both "
            + "vectors of the expert that joins them. CTRL: the ids that it ranks by, the text that phase 2 contrasted them with. Id only: "
            + "ids of the id tower, text of the text tower of phase 1, which nothing ever brought together. Cold is the rarest third of the "
            + "training interactions, without items that never occur. The last column has each item's distance to another cold item's text.";
    private static final int[] PERCENTILES = {5, 25, 50, 75, 95};
    private static final double LONGEST = 2;
    private static final int BARS = 40;

    private DistancesPart() {
    }

    /** A row's figures, as JSON values. */
    static Map<String, Object> figures(String row, SortedMap<Long, Distances> seeds) {
        double[] own = sorted(seeds, true);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("row", row);
        json.put("seeds", List.copyOf(seeds.keySet()));
        json.put("items", own.length / seeds.size());
        json.put("mean", Arrays.stream(own).average().orElse(0));
        for (int percentile : PERCENTILES) {
            json.put(percentile + " %", quantile(own, percentile / 100.0));
        }
        json.put("median to another item's text", quantile(sorted(seeds, false), 0.5));
        // In this order, which Map.of changes from process to process.
        Map<String, Object> histogram = new LinkedHashMap<>();
        histogram.put("width", LONGEST / BARS);
        histogram.put("shares", shares(own));
        json.put("histogram", histogram);
        return json;
    }

    private static double[] sorted(SortedMap<Long, Distances> seeds, boolean own) {
        return seeds.values().stream().flatMapToDouble(seed -> Arrays.stream(own ? seed.own() : seed.others())).sorted().toArray();
    }

    /** Linear between the two nearest of the sorted values. */
    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static List<Double> shares(double[] distances) {
        double[] shares = new double[BARS];
        for (double distance : distances) {
            shares[Math.min(BARS - 1, (int) (distance / LONGEST * BARS))] += 1.0 / distances.length;
        }
        return Arrays.stream(shares).boxed().toList();
    }

    static Part of(List<Map<?, ?>> rows) {
        List<String> columns = new ArrayList<>(List.of("mean"));
        Arrays.stream(PERCENTILES).forEach(percentile -> columns.add(percentile + " %"));
        columns.add("median to another item's text");
        List<String> headings = new ArrayList<>(List.of("row", "seeds", "items"));
        headings.addAll(columns);
        return new Part(Tables.DISTANCES, "Between a cold item's two vectors (Figure 3)", NOTE,
                rows.isEmpty() ? List.of() : List.of(picture(rows)), new Grid(headings, rows.stream().map(row -> cells(row, columns)).toList()),
                null);
    }

    private static List<String> cells(Map<?, ?> row, List<String> columns) {
        List<String> cells = new ArrayList<>(List.of((String) row.get("row"), Integer.toString(((List<?>) row.get("seeds")).size()),
                row.get("items").toString()));
        columns.forEach(column -> cells.add(decimal(row.get(column))));
        return cells;
    }

    private static Lines picture(List<Map<?, ?>> rows) {
        String medians = String.join(", ", rows.stream().map(row -> row.get("row") + " " + decimal(row.get("50 %"))).toList());
        return new Lines("distance between e and p(x)", "per cent of cold items", rows.stream().map(DistancesPart::line).toList(),
                "Distributions of the distances of " + rows.size() + " rows. Medians: " + medians + ".",
                "Each point is the share of cold items whose distance lies within " + LONGEST / BARS / 2 + " of it.");
    }

    private static Line line(Map<?, ?> row) {
        Map<?, ?> histogram = (Map<?, ?>) row.get("histogram");
        double width = Section.number(histogram.get("width"));
        List<Double> middles = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (Object share : (List<?>) histogram.get("shares")) {
            middles.add((middles.size() + 0.5) * width);
            shares.add(100 * Section.number(share));
        }
        return new Line((String) row.get("row"), middles, shares);
    }

    private static String decimal(Object value) {
        return String.format(Locale.ROOT, "%.3f", Section.number(value));
    }
}
