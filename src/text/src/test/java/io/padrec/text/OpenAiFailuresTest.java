package io.padrec.text;

import static io.padrec.text.LocalServer.WIDTH;
import static io.padrec.text.LocalServer.die;
import static io.padrec.text.LocalServer.ok;
import static io.padrec.text.LocalServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do wrong, and what becomes of it. */
@Timeout(60)
class OpenAiFailuresTest {
    private static final String KEY = "sk-very/secret+key";

    private LocalServer server;

    @BeforeEach
    void serve() throws IOException {
        server = LocalServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private float[][] encode(String... options) {
        return encode(List.of("tea", "salt"), options);
    }

    private float[][] encode(List<String> texts, String... options) {
        try (TextEncoder encoder = TextEncoders.openAi(Settings.openAi(server.url(), options))) {
            return encoder.encode(texts);
        }
    }

    private String refused(String... options) {
        PadrecException failure = assertThrows(PadrecException.class, () -> encode(options));
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains(KEY), trace.toString());
        assertEquals(1, failure.getMessage().lines().count(), failure.getMessage());
        assertTrue(failure.getMessage().contains(server.url()), failure.getMessage());
        return failure.getMessage();
    }

    private static void assertSaid(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 529})
    void whatPassesIsTriedAgain(int status) {
        server.then(status(status, "busy"));
        assertEquals(2, encode().length);
        assertEquals(2, server.requests.size());
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
        server.then(die());
        assertEquals(2, encode().length);
        assertEquals(2, server.requests.size());
    }

    @Test
    void theServersWishToWaitIsHeard() {
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2));
        server.then(status(429, "slow down", "Retry-After", "2"), status(503, "", "Retry-After", soon));
        encode();
        assertEquals(3, server.requests.size());
        double first = (server.requests.get(1).nanos() - server.requests.get(0).nanos()) / 1e9;
        assertTrue(first >= 2 && first < 4, "waited " + first + " s");
    }

    @Test
    void pausesGrow() {
        server.then(status(500, ""), status(500, ""), status(500, ""));
        encode();
        for (int i = 1; i <= 3; i++) {
            double pause = (server.requests.get(i).nanos() - server.requests.get(i - 1).nanos()) / 1e9;
            assertTrue(pause >= 0.25 * (1 << (i - 1)), "pause " + i + ": " + pause + " s");
        }
    }

    @Test
    void attemptsEnd() {
        server.then(status(503, "loading"), status(503, "loading"), status(503, "loading"));
        assertSaid(refused("attempts", "2"), "answered 503 (loading), 2 times in a row");
        assertEquals(2, server.requests.size());
    }

    @Test
    void aWaitThatIsTooLongIsNotWaitedFor() {
        server.then(status(429, "quota", "Retry-After", "86400"));
        assertSaid(refused(), "answered 429 (quota) and asks to wait 86400 s", "padrec.text.openai.longest-wait");
        assertEquals(1, server.requests.size());
    }

    @ParameterizedTest
    @CsvSource({"301, openai.url to where it leads", "400, text-characters", "401, padrec.text.openai.key", "403, key-file",
        "404, padrec.text.openai.url and model", "413, batch", "422, batch"})
    void whatIsRefusedIsNotTriedAgain(int status, String advice) {
        server.then(status(status, "{\"error\": {\"message\": \"no\\nway\"}}", "Location", "http://localhost:1/"));
        assertSaid(refused(), "answered " + status + " ({\"error\":{\"message\":\"no\\nway\"}})", advice);
        assertEquals(1, server.requests.size());
    }

    @Test
    void theKeyIsNeverTold() {
        String escaped = KEY.replace("/", "\\/").replace("+", "\\u002b");
        server.then(status(401, "{\"error\": \"Bearer " + escaped + " is wrong\"}"));
        assertSaid(refused("key", KEY), "answered 401", "Bearer *** is wrong");
        server.then(status(401, "{\"cut off\": \"" + KEY.replace("/", "\\/")));
        assertSaid(refused("key", KEY), "{\"cut off\": \"***)");
        server.then(status(403, "no: " + KEY));
        assertSaid(refused("key", KEY), "no: ***");
        server.then(ok("{\"" + KEY + "\": 1, \"" + KEY + "\": 2}"));
        assertSaid(refused("key", KEY), "field '***' stands twice");
        server.then(status(503, KEY));
        assertSaid(refused("key", KEY, "attempts", "1"), "answered 503 (***), 1 time");
        assertFalse(Settings.openAi(server.url(), "key", KEY).toString().contains(KEY));
    }

    @Test
    void aLongAnswerIsQuotedInItsBeginningOrNotAtAll() {
        server.then(status(400, "no ".repeat(100_000)));
        assertTrue(refused().length() < 600);
        server.then(status(400, "no ".repeat(1_000_000)));
        assertSaid(refused(), "answered 400 (3000000 bytes)");
    }

    @Test
    void aLineBreakInAnAnswerIsNoneInTheMessage() {
        server.then(ok("{\"a\\nb\": 1, \"a\\nb\": 2}"));
        assertSaid(refused(), "field 'a b' stands twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<html>welcome</html> | value expected at character 0 (<html>welcome</html>)",
        "''                   | text ends early",
        "[]                   | JSON object expected",
        "{}                   | there is no list 'data'",
        "{\"data\": [NaN]}    | value expected",
        "{\"data\": [1, 2]}   | entry 0 of 'data' is no object",
        "{\"data\": [{\"embedding\": [1]}]}                                               | 1 vectors for 2 texts",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": [1]}, {\"embedding\": [1]}]}   | 3 vectors for 2 texts",
        "{\"data\": [{\"embedding\": [1]}, {\"index\": 1}]}                               | entry 1 of 'data' has no 'embedding'",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": []}]}                          | entry 1 of 'data' has an empty vector",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": [null]}]}                      | holds null, which is no number",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": [1e300]}]}                     | holds the number Infinity",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": [0, 0]}]}                      | a vector of zeros",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": [1, 2]}]}                      | vectors of 1 and of 2 numbers",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": \"AAAA\"}]}                    | 3 bytes in base64",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": \"AADAfw==\"}]}                | holds the number NaN",
        "{\"data\": [{\"embedding\": [1]}, {\"embedding\": \"%%\"}]}                      | base64",
        "{\"data\": [{\"index\": 1, \"embedding\": [1]}, {\"embedding\": [1]}]}           | has the index 1",
        "{\"data\": [{\"index\": 2, \"embedding\": [1]}, {\"embedding\": [1]}]}           | has the index 2",
        "{\"data\": [{\"index\": \"0\", \"embedding\": [1]}, {\"embedding\": [1]}]}       | has the index 0"})
    void whatIsNoEmbeddingsIsRefused(String body, String reason) {
        server.then(ok(body));
        assertSaid(refused(), "answered 200, but not with 2 vectors", reason);
        assertEquals(1, server.requests.size());
    }

    @Test
    void anotherWidthThanConfiguredOrBeforeIsRefused() {
        server.then(ok("{\"data\": [{\"embedding\": [1, 2]}, {\"embedding\": [3, 4]}]}"));
        assertSaid(refused("dimensions", "3"), "vectors of 2 numbers, not 3 as padrec.text.openai.dimensions says");
        try (TextEncoder encoder = TextEncoders.openAi(Settings.openAi(server.url()))) {
            encoder.encode(List.of("tea"));
            server.then(ok("{\"data\": [{\"embedding\": [1, 2]}]}"));
            String message = assertThrows(PadrecException.class, () -> encoder.encode(List.of("tea"))).getMessage();
            assertSaid(message, "vectors of 2 numbers, not " + WIDTH + " as before");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatStopsIsGivenUp(boolean inTheMiddle) {
        server.then(server.hang(inTheMiddle));
        assertSaid(refused("timeout", "PT0.5S", "attempts", "1"), "no whole answer within 0.5 s", "padrec.text.openai.timeout");
    }

    @Test
    void aServerThatIsNotThereIsSaid() {
        server.close();
        assertSaid(refused("attempts", "2"), "cannot be reached: no connection, 2 times in a row", "that the server runs");
    }

    @Test
    void aHostThatIsNotKnownIsSaid() {
        try (TextEncoder encoder = TextEncoders.openAi(Settings.openAi("http://host.invalid/v1", "attempts", "1"))) {
            String message = assertThrows(PadrecException.class, () -> encoder.encode(List.of("tea"))).getMessage();
            assertSaid(message, "http://host.invalid/v1/embeddings", "its host is not known");
        }
    }

    @Test
    void oneFailureEndsTheOtherRequests() {
        List<String> texts = IntStream.range(0, 20).mapToObj(i -> "tea " + i).toList();
        server.then(server.hang(false), status(401, ""));
        long began = System.nanoTime();
        assertThrows(PadrecException.class, () -> encode(texts, "batch", "1", "concurrency", "2"));
        assertTrue(System.nanoTime() - began < 20e9);
        assertTrue(server.requests.size() < 5, "requests: " + server.requests.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "pause"})
    void anInterruptedCallerStopsSoonAndStaysInterrupted(String under) throws Exception {
        server.then(under.equals("request") ? server.hang(false) : status(429, "", "Retry-After", "100"));
        AtomicReference<Object> outcome = new AtomicReference<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                encode();
            } catch (CancellationException e) {
                outcome.set(Thread.currentThread().isInterrupted());
            }
        });
        awaitRequest();
        caller.interrupt();
        caller.join(10_000);
        assertEquals(true, outcome.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "pause"})
    void closingEndsAnEncodingUnderWay(String under) throws Exception {
        server.then(under.equals("request") ? server.hang(true) : status(429, "", "Retry-After", "100"));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        TextEncoder encoder = TextEncoders.openAi(Settings.openAi(server.url()));
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                encoder.encode(List.of("tea"));
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        awaitRequest();
        encoder.close();
        caller.join(10_000);
        assertTrue(thrown.get() instanceof CancellationException, "thrown: " + thrown.get());
    }

    private void awaitRequest() throws InterruptedException {
        while (server.requests.isEmpty()) {
            Thread.sleep(20);
        }
        Thread.sleep(200); // into the request, or the pause after it
    }
}
