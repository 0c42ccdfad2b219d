package io.padrec.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.FrequencyBins;
import io.padrec.core.Json;
import io.padrec.core.Ranks;
import io.padrec.phases.Evaluation;
import io.padrec.store.Dataset;
import io.padrec.training.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    // Item 1 is warm, 2 median, 3 cold, 4 unseen.
    private static final FrequencyBins BINS = new FrequencyBins(new int[] {0, 6, 4, 2, 0}, 10);

    private static Row row(String model, int... ranks) {
        return new Row(model, new Ranks(new int[] {0, 1, 2, 3}, new int[] {1, 2, 3, 4}, ranks));
    }

    private static final Map<String, Object> EVALUATION = Evaluation.of(
            List.of(row("popularity", 1, 30, 40, Ranks.MISS), row("SASRec", 1, 11, 12, 13), row("PAD", 1, 2, 20, 6)), BINS);

    @Test
    void aRowHoldsTheMetricsTheIntervalAndTheStrata() {
        Map<?, ?> pad = Evaluation.rows(EVALUATION).getLast();
        assertEquals(List.of("model", "split", "users", "hr@10", "ndcg@10", "hr@10.ci95", "hr@5", "ndcg@5", "hr@20", "ndcg@20",
                "mrr@10", "strata"), List.copyOf(pad.keySet()));
        assertEquals("PAD", pad.get("model"));
        assertEquals("test", pad.get("split"));
        assertEquals(4, pad.get("users"));
        assertEquals(0.75, pad.get("hr@10"));
        assertEquals(0.5, pad.get("hr@5"));
        assertEquals(1.0, pad.get("hr@20"));
        assertEquals((1 + 1 / 2.0 + 1 / 6.0) / 4, (double) pad.get("mrr@10"), 1e-12);
        List<?> interval = (List<?>) pad.get("hr@10.ci95");
        assertTrue((double) interval.getFirst() <= 0.75 && 0.75 <= (double) interval.getLast());
        assertEquals(List.of("unseen", "cold", "median", "warm"), List.copyOf(((Map<?, ?>) pad.get("strata")).keySet()));
        assertEquals(Map.of("users", 1, "hr@10", 1.0, "ndcg@10", Math.log(2) / Math.log(7)),
                ((Map<?, ?>) pad.get("strata")).get("unseen"));
    }

    @Test
    void padIsComparedWithEveryOtherModel() {
        List<?> paired = (List<?>) EVALUATION.get("paired");
        assertEquals(List.of("popularity", "SASRec"), paired.stream().map(test -> ((Map<?, ?>) test).get("b")).toList());
        Map<?, ?> sasrec = (Map<?, ?>) paired.getLast();
        assertEquals("ndcg@10", sasrec.get("metric"));
        assertEquals((Math.log(2) / Math.log(3) + Math.log(2) / Math.log(7)) / 4, (double) sasrec.get("difference"), 1e-12);
        assertTrue((double) sasrec.get("p") > 0 && (double) sasrec.get("p") <= 1);
    }

    @Test
    void theTableReadsTheSameFromAnEvaluationReadBack() {
        assertEquals(table(EVALUATION), table(Json.parseObject(Json.pretty(EVALUATION))));
    }

    @Test
    void theTableSaysWhatTheDatasetIs() {
        String table = table(EVALUATION);
        assertTrue(table.startsWith("sample: a synthetic one. Recipe best, SASRec, seed 1, 12 s of work."), table);
        assertTrue(table.contains("PAD against SASRec: nDCG@10 +"), table);
        assertTrue(table.lines().anyMatch(line -> line.startsWith("PAD ") && line.contains("75.00 %")), table);
    }

    private static String table(Map<String, Object> evaluation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("split", "leave-one-out");
        json.put("recipe", "best");
        json.put("backbone", "SASRec");
        json.put("seed", 1L);
        json.put("seconds", Map.of("total", 12.0));
        json.putAll(evaluation);
        return new Report(new Dataset("sample", "a synthetic one", "hash", 4, 4, 12), json).table();
    }
}
