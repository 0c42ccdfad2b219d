package io.padrec.serverless;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.serverless.testing.Eventually;
import io.padrec.serverless.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StreamsTest.Short.class)
class StreamsTest {
    /** Limits that a test can reach. */
    public static class Short implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("padrec.streams.max-body", "300M", "padrec.streams.idle-timeout", "1s");
        }
    }

    private static final long LONG = 200L << 20;

    @Inject
    TinyFunctions.Seen seen;

    @AfterEach
    void countAgain() {
        seen.stream.set(TinyFunctions::count);
    }

    private static HttpResponse<String> send(InputStream body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/stream?dataset=shop"))
                    .header("Content-Type", "application/x-ndjson; charset=utf-8").POST(BodyPublishers.ofInputStream(() -> body))
                    .build(), BodyHandlers.ofString());
        }
    }

    /** Ends after so many bytes, and holds none of them. */
    private static final class Zeros extends InputStream {
        private long left;

        private Zeros(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? '0' : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int n = (int) Math.min(length, left);
            left -= n;
            return n == 0 ? -1 : n;
        }
    }

    @Test
    void aLongBodyIsReadAsItArrivesAndNeverHeld() throws Exception {
        AtomicLong most = new AtomicLong();
        seen.stream.set((asked, body) -> {
            // Memory that is still held after a collection, half-way through the body.
            body.skipNBytes(LONG / 2);
            System.gc();
            most.set(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            return Map.of("bytes", LONG / 2 + (Long) TinyFunctions.count(asked, body).get("bytes"));
        });
        System.gc();
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        HttpResponse<String> response = send(new Zeros(LONG));

        assertEquals(200, response.statusCode(), response.body());
        assertEquals("{\"bytes\":" + LONG + "}", response.body());
        assertTrue(most.get() - before < 20 << 20, "held " + (most.get() - before) + " bytes of " + LONG);
    }

    @Test
    void aReaderThatIsSlowSlowsTheSenderDown() throws Exception {
        AtomicLong sent = new AtomicLong();
        AtomicLong whileWaiting = new AtomicLong();
        seen.stream.set((asked, body) -> {
            body.readNBytes(10);
            sleep(500);
            whileWaiting.set(sent.get());
            return TinyFunctions.count(asked, body);
        });
        HttpResponse<String> response = send(new InputStream() {
            private final Zeros zeros = new Zeros(100 << 20);

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int n = zeros.read(bytes, offset, length);
                sent.addAndGet(Math.max(n, 0));
                return n;
            }
        });
        assertEquals(200, response.statusCode());
        // What lies in the sockets' and the client's buffers.
        assertTrue(whileWaiting.get() < 30 << 20, whileWaiting + " bytes were taken and not read");
    }

    @Test
    void aCutConnectionIsAnExceptionInTheReader() throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        seen.stream.set((asked, body) -> {
            try {
                return TinyFunctions.count(asked, body);
            } catch (IOException e) {
                told.set(e);
                throw e;
            }
        });
        try (RawHttp http = new RawHttp()) {
            http.send("POST /stream HTTP/1.1", "Host: localhost", "Content-Type: application/x-ndjson", "Content-Length: 1000", "",
                    "half of it");
            Thread.sleep(100);
        }
        Eventually.holds("the reader is told", () -> told.get() != null);
        assertInstanceOf(IOException.class, told.get());
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void aSenderThatFallsSilentIsHungUpOn() throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        seen.stream.set((asked, body) -> {
            try {
                return TinyFunctions.count(asked, body);
            } catch (IOException e) {
                told.set(e);
                throw e;
            }
        });
        try (RawHttp http = new RawHttp()) {
            http.send("POST /stream HTTP/1.1", "Host: localhost", "Content-Type: application/x-ndjson", "Content-Length: 1000", "",
                    "half of it");
            assertEquals("", http.answer());
        }
        Eventually.holds("the reader is told", () -> told.get() != null);
        assertInstanceOf(IOException.class, told.get());
    }

    @Test
    void aBodyOverTheLimitIsRefusedSaidOrNot() throws Exception {
        try (RawHttp http = new RawHttp()) {
            http.send("POST /stream HTTP/1.1", "Host: localhost", "Content-Type: application/x-ndjson", "Connection: close",
                    "Content-Length: 400000000", "", "");
            assertTrue(http.answer().startsWith("HTTP/1.1 413"));
        }
        HttpResponse<String> response = send(new Zeros(301L << 20));
        assertEquals(413, response.statusCode());
        assertEquals("application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void whatIsRefusedHalfWayIsAnsweredAndNotReadToItsEnd() throws Exception {
        seen.stream.set((asked, body) -> {
            body.readNBytes(10);
            throw Problem.wrong("line 1", "line 1 is no JSON");
        });
        try (RawHttp http = new RawHttp()) {
            http.send("POST /stream HTTP/1.1", "Host: localhost", "Content-Type: application/x-ndjson",
                    "Content-Length: 100000000", "", "half of it");
            long from = System.nanoTime();
            String answer = http.answer();
            assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("line 1 is no JSON"), answer);
            assertTrue(System.nanoTime() - from < 10_000_000_000L, "the rest was waited for");
        }
    }

    @Test
    void itsRequestsAreHeldToTheirDeclarationToo() {
        assertProblem(given().contentType("application/json").body("{}").post("/stream").then(), 415, "application/x-ndjson");
        assertProblem(given().get("/stream").then(), 405, "takes POST");
        assertProblem(given().accept("text/html").contentType("application/x-ndjson").body(new byte[0]).post("/stream").then(), 406,
                "application/json");
    }

    @Test
    void aBodyMayBeEmptyOrChunkedAndTheConnectionGoesOn() throws Exception {
        given().contentType("application/x-ndjson").body(new byte[0]).post("/stream").then().statusCode(200).body("bytes", equalTo(0));
        try (RawHttp http = new RawHttp()) {
            http.send("POST /stream HTTP/1.1", "Host: localhost", "Content-Type: application/x-ndjson",
                    "Transfer-Encoding: chunked", "", "5", "hello", "0", "");
            http.send("GET /echo?say=again HTTP/1.1", "Host: localhost", "Connection: close", "");
            String answer = http.answer();
            assertTrue(answer.contains("\"bytes\":5") && answer.contains("{\"said\":\"again\"}"), answer);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
