package io.padrec.standalone.reproduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.PadrecException;
import io.padrec.core.Ranks;
import io.padrec.core.Snapshot;
import io.padrec.training.Recipe;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Table;
import io.padrec.training.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportOfTablesTest {
    private static final Snapshot SNAPSHOT = new Snapshot(new Catalogue(List.of("a", "b", "c", "d"), List.of("a", "b", "c", "d")),
            new Histories.Builder().add("u", 1, 2, 3).add("v", 1, 2, 4).build(), new float[10], 2);
    private static final List<Variant> ROWS = Variants.of(Recipe.paper());

    @TempDir
    Path folder;

    private static Variant row(String name) {
        return ROWS.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    private static Ranks ranks(int... ranks) {
        return new Ranks(new int[] {0, 1}, new int[] {3, 4}, ranks);
    }

    @Test
    void whatIsMeasuredIsMeasuredOnceAndReadBackAsItWas() throws IOException {
        Measurements measurements = new Measurements(folder, SNAPSHOT, "f00d");
        measurements.of(row("CTRL"), 1, () -> ranks(3, Ranks.MISS));
        Ranks again = new Measurements(folder, SNAPSHOT, "f00d").of(row("CTRL"), 1, () -> {
            throw new AssertionError("measured twice");
        });
        assertArrayEquals(ranks(3, Ranks.MISS).ndcgAt(10), again.ndcgAt(10));
        assertEquals(Ranks.MISS, again.rank(1));
        assertTrue(measurements.find(row("CTRL"), 2).isEmpty() && measurements.find(row("SMEM"), 1).isEmpty());
        // Two names for the same model.
        measurements.of(row("without phase 3"), 1, () -> ranks(1, 1));
        assertTrue(measurements.find(row("anchored, phase 2 alone"), 1).isPresent());

        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.writeString(file, "{\"ranks\": ");
            }
        }
        PadrecException damaged = assertThrows(PadrecException.class, () -> measurements.find(row("CTRL"), 1));
        assertTrue(damaged.getMessage().contains("delete it to measure the row again"), damaged::getMessage);
    }

    @Test
    void aRowIsTheMeanOfItsSeedsAndIsComparedWithPadOverTheSeedsThatBothHave() {
        Comparison comparison = new Comparison(SNAPSHOT.bins(), "PAD");
        comparison.add(row("PAD"), 1, ranks(1, 1));
        comparison.add(row("CTRL"), 1, ranks(1, 11));
        comparison.add(row("CTRL"), 2, ranks(1, 1));
        Map<String, Object> figures = comparison.figures(row("CTRL"));
        assertEquals(0.75, (double) figures.get("hr@10"), 1e-12);
        assertEquals(List.of(1L, 2L), figures.get("seeds"));
        assertEquals(-0.5, (double) figures.get("ndcg@10.difference"), 1e-12);
        assertTrue(!comparison.figures(row("PAD")).containsKey("p") && comparison.figures(row("SMEM")).isEmpty());
    }

    @Test
    void anyRowCanBeTheOneThatTheOthersAreComparedWith() {
        Comparison comparison = new Comparison(SNAPSHOT.bins(), "CTRL");
        comparison.add(row("PAD"), 1, ranks(1, 1));
        comparison.add(row("CTRL"), 1, ranks(1, 11));
        Map<String, Object> figures = comparison.figures(row("PAD"));
        assertEquals(0.5, (double) figures.get("ndcg@10.difference"), 1e-12);
        assertEquals("CTRL", figures.get("against"));
        assertTrue(!comparison.figures(row("CTRL")).containsKey("p"));
    }

    @Test
    void theReportHasTheTablesAskedForAndSaysWhatIsLeft() {
        Comparison comparison = new Comparison(SNAPSHOT.bins(), "PAD");
        comparison.add(row("PAD"), 1, ranks(1, 1));
        comparison.add(row("CTRL"), 1, ranks(1, 11));
        Tables tables = Tables.of(Map.of("dataset", "tiny", "split", "temporal", "recipe", "paper", "backbone", "Caser", "seeds",
                List.of(1), "users", 2, "items", 4), List.of(Table.MAIN, Table.FIG4), ROWS, comparison, List.of("SMEM (seed 1)"));
        List<String> lines = tables.markdown().lines().toList();
        assertEquals("# tiny, recipe paper, Caser, seeds [1]", lines.getFirst());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("| CTRL | 1 | 50.00 | ") && line.contains(" | -50.00 | ")));
        assertEquals(2, lines.stream().filter(line -> line.startsWith("| PAD |")).count());
        assertEquals("Still to be measured: SMEM (seed 1).", lines.getLast());
    }
}
