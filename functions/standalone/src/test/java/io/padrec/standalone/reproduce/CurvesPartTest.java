package io.padrec.standalone.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurvesPartTest {
    private static final Map<String, Object> PAD = curve("pretrain-1", "pretrain", "id", List.of("id only", "PAD"), 0.01, 0.03, 0.02);
    private static final Map<String, Object> SMEM = curve("finetune-1", "finetune", "PAD", List.of("SMEM"), 0.04);

    private static Map<String, Object> curve(String run, String phase, String part, List<String> rows, Double... ndcgs) {
        Map<String, Object> curve = new LinkedHashMap<>(Map.of("run", run, "phase", phase, "part", part, "seed", 1L, "rows", rows));
        curve.put("epoch", IntStream.rangeClosed(1, ndcgs.length).mapToObj(epoch -> (Object) (long) epoch).toList());
        curve.put("validation ndcg@10", List.of(ndcgs));
        return curve;
    }

    @Test
    void aCurveHasItsBestEpochAndThePictureOfItsPhase() {
        Part part = CurvesPart.of(List.of(PAD, SMEM));
        assertEquals(List.of(List.of("PAD, id", "pretrain", "1", "3", "3.00", "2"), List.of("SMEM", "finetune", "1", "1", "4.00", "1")),
                part.table().rows());
        assertEquals(List.of("Validation nDCG@10 over epoch in phase pretrain. Highest and last: PAD, id 3.00 and 2.00 per cent.",
                "Validation nDCG@10 over epoch in phase finetune. Highest and last: SMEM 4.00 and 4.00 per cent."),
                part.pictures().stream().map(Picture::finding).toList());
        assertTrue(part.pictures().stream().allMatch(picture -> Drawing.png(picture).length > 1000));
    }

    @Test
    void ofManyCurvesThoseThatReachHighestAreDrawn() {
        List<Map<?, ?>> many = IntStream.range(0, 11).<Map<?, ?>>mapToObj(row -> curve("align-" + row, "align", "aligned",
                List.of("row " + row), row / 100.0)).toList();
        Lines drawn = (Lines) CurvesPart.of(many).pictures().getFirst();
        assertEquals(8, drawn.lines().size());
        assertEquals("row 10, aligned", drawn.lines().getFirst().name());
        assertEquals("Phase align, seed 1, the 8 curves of 11 that reach highest.", drawn.caption());
    }

    @Test
    void timesAreOnThePageAloneAndEpochsWithoutOneAreLeftOut() {
        Tables report = new Tables(Map.of("dataset", "tiny", "tables", Map.of(), "left", List.of(), "curves", List.of(PAD, SMEM)));
        List<Part> times = CurvesPart.overTime(List.of(PAD, SMEM),
                curve -> curve.get("run").equals("pretrain-1") ? Arrays.asList(0.5, null, 1.25) : Arrays.asList((Double) null));
        assertEquals(List.of(List.of("PAD, id", "pretrain", "1", "1.25")), times.getFirst().table().rows());
        assertEquals(List.of(0.5, 1.25), ((Lines) times.getFirst().pictures().getFirst()).lines().getFirst().xs());
        assertTrue(new Page(report, times).html().contains("<section id=\"times\">"));
        assertFalse(report.markdown().contains("minutes") || report.pretty().contains("minutes"));
        assertTrue(Drawing.png(CurvesPart.of(List.of(curve("r", "align", "aligned", List.of("PAD"), 0.0))).pictures().getFirst()).length > 1000);
        assertTrue(CurvesPart.overTime(List.of(SMEM), curve -> Arrays.asList((Double) null)).isEmpty());
    }
}
