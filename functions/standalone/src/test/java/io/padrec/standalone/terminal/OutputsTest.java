package io.padrec.standalone.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputsTest {
    private static final String CLEAR = "\r\u001b[K";

    private static String said(boolean json, int columns) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output output = Outputs.of(new PrintStream(bytes, true, StandardCharsets.UTF_8), json, columns);
        output.skipped("import", 1.25, "2 users");
        output.begin("pretrain");
        output.advance("pretrain", new Output.Advance("id 1/4", 0.1, ""));
        output.epoch("pretrain", new Output.Epoch("id", 2, 4, 5.5, 0.0412, 0.0231, 80));
        output.done("pretrain", 125, "run r");
        output.note("a note");
        output.result(Map.of("answer", 42), "the answer");
        output.finish();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLogGetsALineForEachThingThatHappens() {
        assertEquals("""
                import    skipped, done before in 1.3 s: 2 users
                pretrain  begins
                pretrain  id epoch 2/4: loss 5.5000, validation HR@10 4.12 %, nDCG@10 2.31 %, 1 min 20 s left at most
                pretrain  done in 2 min 05 s: run r
                a note

                the answer
                """, said(false, 0));
    }

    @Test
    void aProgramGetsAJsonObjectALine() {
        List<Map<String, Object>> lines = said(true, 0).lines().map(Json::parseObject).toList();
        assertEquals(List.of("skipped", "begun", "running", "done"), lines.stream().limit(4).map(l -> l.get("state")).toList());
        assertEquals(2L, lines.get(2).get("epoch"));
        assertEquals(0.0412, lines.get(2).get("validation.hr@10"));
        assertEquals(80.0, lines.get(2).get("secondsLeft"));
        assertEquals(125.0, lines.get(3).get("seconds"));
        assertEquals(Map.of("note", "a note"), lines.get(4));
        assertEquals(Map.of("answer", 42L), lines.get(5));
        assertEquals(6, lines.size());
    }

    @Test
    void aTerminalGetsOneLineThatIsDrawnOverAndOver() {
        String said = said(false, 120);
        assertTrue(said.contains("pretrain  [##########----------] id 2/4  loss 5.5000, validation HR@10 4.12 %, nDCG@10 2.31 %"), said);
        // What stays on the screen: every line as it was after its last clearing.
        List<String> stays = Arrays.stream(said.split("\n")).map(line -> line.substring(line.lastIndexOf(CLEAR) < 0 ? 0
                : line.lastIndexOf(CLEAR) + CLEAR.length())).toList();
        assertEquals(List.of("import    skipped, done before in 1.3 s: 2 users", "pretrain  done in 2 min 05 s: run r", "a note",
                "", "the answer"), stays);
    }

    @Test
    void aDrawnLineNeverWraps() {
        for (String part : said(false, 40).split("\r|\n")) {
            String shown = part.replace("\u001b[K", "");
            assertFalse(shown.startsWith("pretrain  [") && shown.length() >= 40, shown);
        }
    }

    @Test
    void nothingIsDrawnOverWhatIsSaidLast() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output output = Outputs.of(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 80);
        output.begin("pretrain");
        output.finish();
        int length = bytes.size();
        output.epoch("pretrain", new Output.Epoch("id", 2, 4, 5.5, 0.0412, 0.0231, 80));
        assertEquals(length, bytes.size());
    }
}
