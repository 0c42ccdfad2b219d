package io.padrec.standalone.reproduce;

import io.padrec.training.Variant.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A table as bars in groups, and what they show in words: HR@10 and nDCG@10 of each row or, in Figure 2, HR@10 of the rows at
 * each frequency of the target.
 *
 * @param axis   what the height of a bar is
 * @param groups their names
 * @param bars   each has one bar in every group
 */
record Figure(String axis, List<String> groups, List<Bars> bars, String finding, String caption) implements Picture {
    private static final double SURE = 0.05;
    private static final String WHISKERS = "A whisker reaches half the width of the bar's 95 % interval up and down; the tables have the "
            + "ends of the interval.";

    /**
     * An element for each group.
     *
     * @param heights  per cent, or what the axis says
     * @param whiskers half the width of the 95 % interval; null for none
     */
    record Bars(String name, List<Double> heights, List<Double> whiskers) {
        private static Bars of(String name, List<Map<?, ?>> rows, String figure) {
            return new Bars(name, rows.stream().map(row -> height(row, figure)).toList(),
                    rows.stream().map(row -> whisker(row, figure)).toList());
        }
    }

    /** @param section of one row or more */
    static Figure of(Section section) {
        return section.table() == Table.FIG2 ? byStratum(section.rows()) : byRow(section.rows());
    }

    private static Figure byRow(List<Map<?, ?>> rows) {
        return new Figure("per cent", rows.stream().map(Figure::name).toList(),
                List.of(Bars.of("HR@10", rows, "hr@10"), Bars.of("nDCG@10", rows, "ndcg@10")),
                "HR@10 and nDCG@10 of " + rows.size() + (rows.size() == 1 ? " row. " : " rows. ") + best(rows) + against(rows), WHISKERS);
    }

    private static String best(List<Map<?, ?>> rows) {
        Map<?, ?> best = highest(rows, "ndcg@10");
        return "The highest nDCG@10 is " + Section.percent(best.get("ndcg@10")) + " per cent (95 % interval "
                + Section.figure(best, "ndcg@10.ci95") + "), of " + name(best) + ".";
    }

    /** How many rows the paired test tells from the one that they are compared with. */
    private static String against(List<Map<?, ?>> rows) {
        Optional<Map<?, ?>> other = rows.stream().map(row -> row.get("against")).filter(Objects::nonNull).findFirst()
                .flatMap(name -> rows.stream().filter(row -> name(row).equals(name)).findFirst());
        if (other.isEmpty()) {
            return "";
        }
        List<Double> sure = rows.stream().filter(row -> row.get("p") != null && Section.number(row.get("p")) < SURE)
                .map(row -> Section.number(row.get(Section.DIFFERENCE))).toList();
        long compared = rows.stream().filter(row -> row.get("p") != null).count();
        return " " + name(other.get()) + " has " + Section.percent(other.get().get("ndcg@10")) + ": of " + compared
                + " rows compared with it, " + sure.stream().filter(difference -> difference < 0).count() + " are below it and "
                + sure.stream().filter(difference -> difference > 0).count() + " above it at p < " + SURE + ".";
    }

    private static Figure byStratum(List<Map<?, ?>> rows) {
        List<Bars> bars = new ArrayList<>();
        for (Map<?, ?> row : rows) {
            bars.add(new Bars(name(row), Section.STRATA.stream().map(stratum -> height(row, "hr@10." + stratum)).toList(),
                    Section.STRATA.stream().map(stratum -> whisker(row, "hr@10." + stratum)).toList()));
        }
        return new Figure("HR@10, per cent", Section.STRATA, bars, "HR@10 by how often the target occurs in training. "
                + String.join(" ", Section.STRATA.stream().map(stratum -> highest(rows, stratum, "hr@10." + stratum)).toList()), WHISKERS);
    }

    private static String highest(List<Map<?, ?>> rows, String stratum, String figure) {
        Map<?, ?> best = highest(rows, figure);
        return Section.number(best.get(figure)) == 0 ? "No row hits a target that is " + stratum + "."
                : "Highest on targets that are " + stratum + ": " + name(best) + ", " + Section.percent(best.get(figure))
                        + " per cent (95 % interval " + Section.figure(best, figure + ".ci95") + ").";
    }

    /** The first of the highest. */
    private static Map<?, ?> highest(List<Map<?, ?>> rows, String figure) {
        return rows.stream().max(Comparator.<Map<?, ?>>comparingDouble(row -> Section.number(row.get(figure)))
                .thenComparingInt(row -> -rows.indexOf(row))).orElseThrow();
    }

    private static String name(Map<?, ?> row) {
        return (String) row.get("row");
    }

    private static double height(Map<?, ?> row, String figure) {
        return 100 * Section.number(row.get(figure));
    }

    private static double whisker(Map<?, ?> row, String figure) {
        List<?> ends = (List<?>) row.get(figure + ".ci95");
        return 100 * (Section.number(ends.getLast()) - Section.number(ends.getFirst())) / 2;
    }
}
