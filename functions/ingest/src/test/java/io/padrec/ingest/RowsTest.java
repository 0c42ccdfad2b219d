package io.padrec.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.serverless.Problem;
import io.padrec.store.InteractionRow;
import io.padrec.store.ItemRow;
import io.padrec.store.Rejections;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    private final Rejections rejections = new Rejections();

    @Test
    void linesAreNumberedAsAnEditorDoes() throws IOException {
        List<ItemRow> rows = items(new Lines(stream("{\"id\":\"a\",\"title\":\"A\"}\r\n\n  \nnonsense\n"
                + "{\"title\":\"Ü ☕\",\"id\":\"b\"}")));

        assertEquals(List.of(new ItemRow(1, "a", "A"), new ItemRow(5, "b", "Ü ☕")), rows);
        assertEquals(List.of(4L), rejections.first().stream().map(Rejections.Rejection::line).toList());
    }

    @Test
    void aLineThatEndsAtTheLimitIsTakenAndOneBeyondItIsNot() throws IOException {
        String frame = "{\"id\":\"a\",\"title\":\"\"}";
        String most = "{\"id\":\"a\",\"title\":\"" + "x".repeat(RowBytes.MOST - frame.length()) + "\"}";
        List<ItemRow> rows = items(new Lines(stream(most + "\n" + most + " \n{\"id\":\"b\",\"title\":\"\"}\n")));

        assertEquals(List.of(1L, 3L), rows.stream().map(ItemRow::line).toList());
        assertEquals("2: it is longer than 1048576 bytes", problems());
    }

    @Test
    void aLongLineTakesNoMoreMemoryThanTheLimit() throws IOException {
        long length = 200L << 20;
        InputStream endless = new InputStream() {
            private long read;

            @Override
            public int read() {
                return read++ < length ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) {
                if (read >= length) {
                    return -1;
                }
                Arrays.fill(bytes, offset, offset + count, (byte) 'x');
                read += count;
                return count;
            }
        };
        assertEquals(List.of(), items(new Lines(endless)));
        assertEquals("1: it is longer than 1048576 bytes", problems());
    }

    @Test
    void elementsOfAnArrayAreNumbered() throws IOException {
        List<ItemRow> rows = items(new Elements(stream("""
                \ufeff [ {"id":"a","title":"[1] \\"x\\" \\\\"}, 7, {"id":"b","title":"}],"} ,
                 {"id":"c","title":["nested",{"x":[]}]}, {"id" "d"}, {"id":"e","title":""}]
                """)));

        assertEquals(List.of(new ItemRow(1, "a", "[1] \"x\" \\"), new ItemRow(3, "b", "}],"), new ItemRow(6, "e", "")), rows);
        assertEquals("2: it is not a JSON object", problems().lines().findFirst().orElseThrow());
        assertEquals(List.of(2L, 4L, 5L), rejections.first().stream().map(Rejections.Rejection::line).toList());
    }

    @Test
    void anEmptyArrayHasNoElements() throws IOException {
        assertEquals(List.of(), items(new Elements(stream(" [ ] \n"))));
        assertNull(new Lines(stream("")).next());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ^^                                  | the body is empty
            {"id":"a","title":"A"}              | does not begin with [
            [{"id":"a","title":"A"}             | within element 1, and the array is not closed (at byte 23)
            [{"id":"a","title":"A"},            | within element 2
            [{"id":"a","title":"A"},]           | the comma before or after element 2 is one too many (at byte 25)
            [,{"id":"a"}]                       | element 1 is one too many
            [{"id":"a"} {"id":"b"}]             | a comma is missing after element 1 (at byte 13)
            [{"id":"a"}}, {"id":"b"}]           | element 1 has a } without its {
            [{"id":"a"}] []                     | something follows the array (at byte 14)
            [{"id":"a}, {"id":"b"}]             | ends within a text of element 1
            [{"id":"a"                          | within element 1
            """)
    void aBrokenArrayIsRefusedWithThePlace(String body, String reason) {
        Problem problem = assertThrows(Problem.class, () -> items(new Elements(stream(body == null ? "" : body.strip()))));
        assertEquals(400, problem.status());
        assertTrue(problem.getMessage().contains(reason), problem.getMessage());
    }

    @Test
    void whatIsNotSaidOfAnItemIsLeftAsItIs() throws IOException {
        List<ItemRow> rows = items(new Lines(stream("""
                {"id":"a","title":"A","categories":["tea","green"],"available":false}
                {"id":"b","available":true}
                {"id":"c","categories":[]}
                {"id":"d","title":"D","categories":null,"available":null}
                {"id":"e","text":"E\\nof e"}
                """)));
        assertEquals(List.of(new ItemRow(1, "a", "A", List.of("tea", "green"), false), new ItemRow(2, "b", null, null, true),
                new ItemRow(3, "c", null, List.of(), null), new ItemRow(4, "d", "D"),
                new ItemRow(5, "e", null, null, null, "E\nof e")), rows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"id":"a"}                                    | title is missing
            {"title":"A"}                                 | id is missing
            {"id":7,"title":"A"}                          | id must be a text
            {"id":null,"title":"A"}                       | id must be a text, and is null
            {"id":"a","title":"A","price":7}              | 'price' is not known; known are id, title, categories, available
            {"id":"a","title":"A","available":"no"}       | available must be true or false
            {"id":"a","title":"A","categories":"tea"}     | categories must be a list of texts
            {"id":"a","title":"A","categories":["tea",1]} | categories must be a list of texts
            {"id":"a","id":"b","title":"A"}               | it is not JSON: Duplicate field 'id'
            {"id":"a","title":"A"}{"id":"b","title":"B"}  | something follows the JSON object (column 23)
            {"id":"a","title":"A"                         | it is not JSON: Unexpected end-of-input
            {'id':'a','title':'A'}                        | it is not JSON: Unexpected character
            ["a","A"]                                     | it is not a JSON object
            null                                          | it is not a JSON object
            """)
    void aBadItemIsNamedWithItsReason(String line, String reason) throws IOException {
        assertEquals(List.of(), items(new Lines(stream(line))));
        assertTrue(problems().startsWith("1: " + reason), problems());
        assertEquals(1, problems().lines().count());
    }

    @Test
    void whatIsNoUtf8IsABadRow() throws IOException {
        byte[] line = "{\"id\":\"?\",\"title\":\"A\"}".getBytes(UTF_8);
        line[7] = (byte) 0xC0;
        assertEquals(List.of(), items(new Lines(new ByteArrayInputStream(line))));
        assertTrue(problems().startsWith("1: it is not JSON: Invalid UTF-8"), problems());
    }

    @Test
    void timesAreInstantsOrMilliseconds() throws IOException {
        List<InteractionRow> rows = rows(new Lines(stream("""
                {"user":"u","item":"a","time":"1970-01-01T00:00:01Z"}
                {"user":"u","item":"a","time":"1970-01-01T01:00:00.002+01:00"}
                {"user":"u","item":"a","time":-3}
                {"user":"u","item":"a","time":1767225600000}
                {"user":"u","item":"a","time":null}
                {"item":"a","user":"u"}
                """)), RowKind.INTERACTIONS);
        List<Long> times = new ArrayList<>();
        rows.forEach(row -> times.add(row.time()));
        assertEquals(Arrays.asList(1000L, 2L, -3L, 1767225600000L, null, null), times);
        assertEquals("", problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yesterday\"", "1.5", "1e3", "99999999999999999999", "true", "\"2026-01-31\"", "[1]",
        "\"+999999999-01-01T00:00:00Z\""})
    void whatIsNoTimeIsNamed(String time) throws IOException {
        List<InteractionRow> none = rows(new Lines(stream("{\"user\":\"u\",\"item\":\"a\",\"time\":" + time + "}")),
                RowKind.INTERACTIONS);
        assertEquals(List.of(), none);
        assertTrue(problems().startsWith("1: time must be such as"), problems());
    }

    @Test
    void theHashIsThatOfTheWholeBody() throws IOException {
        UploadBody body = UploadBody.of(stream("[{\"id\":\"a\",\"title\":\"A\"}] \n"), "", 1000);
        items(new Elements(body));
        String hash = AtomicFiles.sha256("[{\"id\":\"a\",\"title\":\"A\"}] \n".getBytes(UTF_8));
        assertEquals(hash, body.sha256());
        assertEquals(hash, body.sha256());
    }

    private List<ItemRow> items(RawRows raw) throws IOException {
        return rows(raw, RowKind.ITEMS);
    }

    private <T> List<T> rows(RawRows raw, RowKind<T> kind) throws IOException {
        UploadRows<T> source = new UploadRows<>(raw, kind, rejections, () -> "");
        List<T> rows = new ArrayList<>();
        for (T row = source.next(); row != null; row = source.next()) {
            rows.add(row);
        }
        return rows;
    }

    private String problems() {
        return rejections.first().stream().map(problem -> problem.line() + ": " + problem.reason())
                .collect(Collectors.joining("\n"));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
