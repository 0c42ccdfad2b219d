package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
    @TempDir
    Path folder;

    private final ProblemLog log = new ProblemLog();
    private final List<String> rows = new ArrayList<>();

    @Test
    void columnsAreFoundByNameInAnyOrder() throws IOException {
        read(",title,id\n0,Tea,1\n1,\"Milk, whole\",2\n");
        assertEquals(List.of("2: 1|Tea", "3: 2|Milk, whole"), rows);
    }

    @Test
    void windowsLinesBlankLinesAndAByteOrderMarkAreNoTrouble() throws IOException {
        read("\ufeffid,title\r\n1,Tea\r\n\r\n2,Milk");
        assertEquals(List.of("2: 1|Tea", "4: 2|Milk"), rows);
        assertEquals(2, log.toProblems().lines());
    }

    @Test
    void aQuotedValueMaySpanLinesAndHoldQuotes() throws IOException {
        read("id,title\n1,\"Tea,\n\"\"green\"\"\n\"\n2,Milk\n");
        assertEquals(List.of("2: 1|Tea,\n\"green\"\n", "5: 2|Milk"), rows);
        assertEquals(2, log.toProblems().lines());
    }

    @Test
    void aStrayQuoteCostsOneLine() throws IOException {
        read("id,title\n1,\"Tea\n2,\"Milk\"\n3,\"Jam\" jar\n4,Rice\n5,\"Salt\n6,Oil\n");
        assertEquals(List.of("3: 2|Milk", "5: 4|Rice", "7: 6|Oil"), rows);
        assertEquals(List.of(2L, 4L, 6L), log.toProblems().problems().stream().map(ImportProblems.Problem::line).toList());
        assertEquals(6, log.toProblems().lines());
        assertEquals(0.5, log.toProblems().share());
    }

    @Test
    void aQuoteThatNeverClosesCostsOneLineOfMany() throws IOException {
        read("id,title\n0,\"open\n" + "1,x\n".repeat(5_000));
        assertEquals(5_000, rows.size());
        assertEquals(1, log.toProblems().problems().size());
    }

    @Test
    void tooFewAndTooManyValuesAreSaid() throws IOException {
        read("id,title\n1\n2,Tea,black\n3,Milk\n");
        assertEquals(List.of("4: 3|Milk"), rows);
        assertEquals("table.csv:2: 1 values where the header has 2; the line was left out: '1'",
                log.toProblems().problems().getFirst().toString());
        assertTrue(log.toProblems().problems().get(1).reason().startsWith("3 values where the header has 2"));
    }

    @Test
    void theCharacterZeroIsRefusedAndBadUtf8Replaced() throws IOException {
        Files.write(folder.resolve("table.csv"), "id,title\n1,Te\0a\n2,M\u00e9l\n".getBytes(StandardCharsets.ISO_8859_1));
        CsvTable.read(folder.resolve("table.csv"), List.of("id", "title"), log, this::row);
        assertEquals(List.of("3: 2|M\ufffdl"), rows);
    }

    @Test
    void aMissingColumnNamesThoseFound() {
        String message = assertThrows(PadrecException.class, () -> read("asin,name\n1,Tea\n")).getMessage();
        assertTrue(message.contains("must have the columns id, title; found: 'asin', 'name'"), message);
        assertTrue(assertThrows(PadrecException.class, () -> read("")).getMessage().contains("found: none"));
        String binary = assertThrows(PadrecException.class, () -> read("PK\3\4" + "\1".repeat(9_000))).getMessage();
        assertTrue(binary.length() < 400 && binary.lines().count() == 1, binary);
    }

    @Test
    void aMissingFileAndAFolderAreSaidInOneLine() {
        for (Path path : List.of(folder.resolve("none.csv"), folder)) {
            String message = assertThrows(PadrecException.class, () -> CsvTable.read(path, List.of("id"), log, this::row))
                    .getMessage();
            assertTrue(message.startsWith("cannot read " + path + ": "), message);
            assertEquals(1, message.lines().count());
        }
    }

    private void read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("table.csv"), text);
        CsvTable.read(file, List.of("id", "title"), log, this::row);
    }

    private void row(long line, List<String> values) {
        rows.add(line + ": " + String.join("|", values));
    }
}
