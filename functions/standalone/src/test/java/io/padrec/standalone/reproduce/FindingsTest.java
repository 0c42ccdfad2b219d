package io.padrec.standalone.reproduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.Snapshot;
import io.padrec.training.Recipe;
import io.padrec.training.Spaces.Distances;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Table;
import io.padrec.training.Variants;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
    private static final List<Variant> ROWS = Variants.of(Recipe.paper());
    private static final Map<String, Object> ABOUT = Map.of("dataset", "tiny", "recipe", "paper", "backbone", "SASRec", "seeds",
            List.of(1, 2), "users", 2, "items", 4);

    @TempDir
    Path folder;

    private static Variant row(String name) {
        return ROWS.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    private static double[] around(double middle) {
        return DoubleStream.iterate(-0.2, d -> d + 0.01).limit(41).map(d -> middle + d).toArray();
    }

    private static Findings findings() {
        return new Findings(new Comparison(null, "PAD"));
    }

    @Test
    void eachTableAsksOfARowWhatItShows() {
        List<Table> figure3 = List.of(Table.FIG3);
        assertEquals(List.of("id only", "CTRL", "SMEM", "PAD"),
                ROWS.stream().filter(row -> Findings.hasDistances(row, figure3)).map(Variant::name).toList());
        assertTrue(ROWS.stream().noneMatch(row -> Findings.isRanked(row, figure3) || Findings.forgets(row, figure3)));
        assertEquals(List.of("PAD", "non-anchored", "anchored, ids frozen", "non-anchored, ids frozen"),
                ROWS.stream().filter(row -> Findings.forgets(row, List.of(Table.FIG4))).map(Variant::name).toList());
        assertEquals(Recipe.AlignmentKind.values().length,
                ROWS.stream().filter(row -> Findings.forgets(row, List.of(Table.FIG5A))).count());
    }

    @Test
    void figure3HasQuantilesAndAHistogramOfAllSeedsOfARow() {
        Map<String, Object> figures = DistancesPart.figures("PAD", new TreeMap<>(Map.of(1L,
                new Distances(new double[] {0.1, 0.3}, new double[] {1, 1}), 2L, new Distances(new double[] {0.2, 2}, new double[] {1, 2}))));
        assertEquals(List.of(1L, 2L), figures.get("seeds"));
        assertEquals(2, figures.get("items"));
        assertEquals(0.65, (double) figures.get("mean"), 1e-12);
        assertEquals(0.25, (double) figures.get("50 %"), 1e-12);
        assertEquals(1, (double) figures.get("median to another item's text"), 1e-12);
        List<?> shares = (List<?>) ((Map<?, ?>) figures.get("histogram")).get("shares");
        assertEquals(List.of(0.25, 0.25, 0.25), List.of(shares.get(2), shares.get(4), shares.getLast()));
    }

    @Test
    void distancesAndForgettingAreInEveryFormOfTheReport() {
        Findings findings = findings();
        findings.add(row("PAD"), 1, new Distances(around(0.8), around(1.2)));
        findings.add(row("id only"), 1, new Distances(around(1.41), around(1.41)));
        findings.add(row("PAD"), 1, 0.5);
        findings.add(row("PAD"), 2, 0.7);
        findings.add(row("non-anchored"), 1, -0.1);
        Tables report = findings.report(ABOUT, List.of(Table.FIG3, Table.FIG4), ROWS, List.of());
        String markdown = report.markdown();
        assertTrue(markdown.contains("| PAD | 1 | 41 | 0.800 | 0.620 | 0.700 | 0.800 | 0.900 | 0.980 | 1.200 |"), markdown);
        assertTrue(markdown.contains("| PAD | 2 | 0.600 | 0.500, 0.700 |") && markdown.contains("| non-anchored | 1 | -0.100 | -0.100 |"),
                markdown);
        String page = new Page(report, List.of()).html();
        assertTrue(page.contains("Medians: id only 1.410, PAD 0.800.") && page.contains("least by non-anchored, -0.100."));
        assertEquals(2, page.split("<img").length - 1);
        assertFalse(findings.report(ABOUT, List.of(Table.MAIN), ROWS, List.of()).json().containsKey("forgetting"));
    }

    @Test
    void whatWasFoundOnceIsReadBackAsItWas() {
        Snapshot snapshot = new Snapshot(new Catalogue(List.of("a", "b", "c"), List.of("a", "b", "c")),
                new Histories.Builder().add("u", 1, 2, 3).build(), new float[8], 2);
        double[] own = {1 / 3.0, 2};
        Distances first = new Measurements(folder, snapshot, "f00d").distances(row("CTRL"), 1, () -> new Distances(own, own));
        double tau = new Measurements(folder, snapshot, "f00d").kept(row("PAD"), 1, () -> 1 / 3.0);
        Measurements again = new Measurements(folder, snapshot, "f00d");
        assertTrue(again.hasDistances(row("CTRL"), 1) && !again.hasDistances(row("SMEM"), 1) && !again.hasDistances(row("CTRL"), 2));
        assertArrayEquals(first.own(), again.distances(row("CTRL"), 1, () -> {
            throw new AssertionError("measured twice");
        }).own());
        assertArrayEquals(own, first.own(), 1e-6);
        // What follows alignment does not matter to it.
        Variant late = ROWS.stream().filter(row -> row.name().equals("without expert id")).findFirst().orElseThrow();
        assertEquals(tau, again.kept(late, 1, () -> Arrays.stream(own).sum()));
        assertTrue(again.hasKept(row("PAD"), 1) && !again.hasKept(row("non-anchored"), 1) && again.find(row("PAD"), 1).isEmpty());
    }
}
