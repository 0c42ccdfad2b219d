package io.padrec.serverless;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.serverless.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EventsTest {
    private static final String DATA = "{\"dataset\":\"shop\",\"n\":3,\"rate\":0.5}";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Inject
    TinyFunctions.Seen seen;

    @BeforeEach
    void forget() {
        seen.events.clear();
    }

    @AfterEach
    void mend() {
        seen.fault.set(null);
    }

    private static RequestSpecification binary() {
        return given().header("ce-specversion", "1.0").header("ce-id", "7").header("ce-source", "/padrec/ingest")
                .header("ce-type", EventTypes.SNAPSHOT_CREATED).contentType("application/json").body(DATA);
    }

    private static ValidatableResponse structured(String json) {
        return given().contentType("application/cloudevents+json").body(json).post("/").then();
    }

    private static String structured(String field, String value) {
        return "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/padrec/ingest\",\"type\":\"" + EventTypes.SNAPSHOT_CREATED
                + "\",\"subject\":\"snap\",\"data\":" + DATA + ",\"" + field + "\":" + value + "}";
    }

    /** A status after which no broker sends the event again, and no function saw it. */
    private void assertPoison(ValidatableResponse response) {
        int status = response.extract().statusCode();
        assertTrue(Set.of(400, 413, 415, 422).contains(status), "status " + status);
        assertProblem(response, status, "");
        assertTrue(seen.events.isEmpty(), "it was delivered");
    }

    @Test
    void aBinaryEventIsDelivered() {
        binary().header("ce-subject", "caf%C3%A9 100%25+1").header("ce-time", "2026-01-31T12:00:00.5+01:00")
                .header("ce-traceparent", TRACE).post("/").then().statusCode(204);
        Event event = seen.events.getFirst();
        assertEquals(new Event("7", "/padrec/ingest", EventTypes.SNAPSHOT_CREATED, "café 100%+1",
                Instant.parse("2026-01-31T11:00:00.5Z"), Map.of("dataset", "shop", "n", 3L, "rate", 0.5), TRACE), event);
    }

    @Test
    void aStructuredEventIsDelivered() {
        structured(structured("traceparent", "\"" + TRACE + "\"")).statusCode(204);
        Event event = seen.events.getFirst();
        assertEquals("7", event.id());
        assertEquals("snap", event.subject());
        assertEquals(Map.of("dataset", "shop", "n", 3L, "rate", 0.5), event.data());
        assertEquals(TRACE, event.traceparent());
    }

    @Test
    void whatIsLoggedOfAnEventNamesIt() {
        try (Recorded log = new Recorded(TinyFunctions.class)) {
            binary().post("/").then().statusCode(204);
            assertEquals("7", log.records().getFirst().getMdc("event"));
        }
        try (Recorded log = new Recorded(Failures.class)) {
            seen.fault.set(new IllegalStateException("a bug"));
            binary().post("/").then().statusCode(500);
            assertEquals("7", log.records().getFirst().getMdc("event"));
        }
    }

    @Test
    void theFormOfTypesAndUnknownExtensionsDoNotMatter() {
        binary().contentType("Application/JSON; charset=utf-8").header("ce-knativearrivaltime", "x").post("/").then()
                .statusCode(204);
        given().contentType("application/cloudevents+json; charset=UTF-8").body(structured("datacontenttype",
                "\"application/json; charset=utf-8\"")).post("/").then().statusCode(204);
        assertEquals(2, seen.events.size());
    }

    @Test
    void aTraceContextThatIsNoneIsIgnored() {
        binary().header("ce-traceparent", "00-00000000000000000000000000000000-b7ad6b7169203331-01").post("/").then()
                .statusCode(204);
        binary().header("traceparent", TRACE).post("/").then().statusCode(204);
        assertNull(seen.events.get(0).traceparent());
        assertEquals(TRACE, seen.events.get(1).traceparent());
    }

    @ParameterizedTest
    @CsvSource({"ce-id,400", "ce-source,400", "ce-type,400", "ce-specversion,400"})
    void aBinaryEventWithoutAnAttributeIsPoison(String header, int status) {
        RequestSpecification event = given().contentType("application/json").body(DATA);
        Map.of("ce-specversion", "1.0", "ce-id", "7", "ce-source", "/x", "ce-type", EventTypes.SNAPSHOT_CREATED)
                .forEach((name, value) -> {
                    if (!name.equals(header)) {
                        event.header(name, value);
                    }
                });
        ValidatableResponse response = event.post("/").then();
        assertPoison(response);
        assertProblem(response, status, header, "the event has no " + header);
    }

    @Test
    void aBinaryEventOfAnotherKindIsPoison() {
        assertPoison(given().spec(binary()).header("ce-type", "io.padrec.nothing").post("/").then());
        assertPoison(binary().header("ce-id", "8").post("/").then());
        assertPoison(binary().header("ce-time", "yesterday").post("/").then());
        assertPoison(binary().header("ce-subject", "100%").post("/").then());
        assertPoison(binary().header("ce-subject", "x".repeat(1001)).post("/").then());
        assertPoison(binary().contentType("text/plain").post("/").then());
        assertPoison(binary().contentType("application/xml").body("<x/>").post("/").then());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[1]", "7", "null", "\"text\"", "{\"a\":1", "{\"a\":1}{}", "{\"a\":1,\"a\":2}"})
    void dataThatAreNoJsonObjectArePoison(String data) {
        assertPoison(binary().body(data).post("/").then());
        assertPoison(structured(structured("data", data.isEmpty() ? "null" : data)));
    }

    @Test
    void dataThatAreNestedTooDeepOrNotUtf8ArePoison() {
        assertPoison(binary().body("{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}").post("/").then());
        assertPoison(binary().body(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}).post("/").then());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "{}", "{\"specversion\":\"1.0\"}", "\"1.0\"", "null", "{\"specversion\":\"1.0\",",
            "[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"io.padrec.snapshot.created\",\"data\":{}}]"})
    void aStructuredEventThatIsNoneIsPoison(String json) {
        assertPoison(structured(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"id|null", "id|''", "id|7", "id|{}", "id|\"a\\u0000b\"", "id|\"\\ud800\"", "source|null",
            "type|null", "type|\"io.padrec.pretrain.completed\"", "specversion|null", "specversion|\"2.0\"", "specversion|\"0.3\"",
            "specversion|\"1.0 \"", "specversion|1.0", "time|\"soon\"", "subject|[]", "datacontenttype|\"text/plain\"",
            "data_base64|\"e30=\""})
    void aStructuredEventWithAWrongAttributeIsPoison(String field, String value) {
        String json = "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/x\",\"type\":\"" + EventTypes.SNAPSHOT_CREATED
                + "\",\"data\":{}}";
        String right = field.equals("data_base64") ? json.replace("\"data\":{}", "\"data_base64\":" + value)
                : json.replaceFirst("\"" + field + "\":\"[^\"]*\",", "").replaceFirst("\\{", "{\"" + field + "\":"
                        + value.replace("\\", "\\\\").replace("''", "\"\"") + ",");
        assertPoison(structured(right));
    }

    @Test
    void batchesOtherFormatsAndPlainJsonArePoison() {
        assertPoison(given().contentType("application/cloudevents-batch+json").body("[]").post("/").then());
        assertPoison(given().contentType("application/cloudevents+avro").body(new byte[] {1}).post("/").then());
        assertPoison(given().contentType("application/json").body(DATA).post("/").then());
        assertPoison(given().contentType("text/html").body("<html/>").post("/").then());
        assertPoison(given().post("/").then());
    }

    @Test
    void anEventOfTwoMegabytesIsPoison() throws Exception {
        String[] large = {"200000", "x".repeat(0x200000), "0", ""};
        for (String length : List.of("Content-Length: " + 0x200000, "Transfer-Encoding: chunked")) {
            try (RawHttp http = new RawHttp()) {
                http.send("POST / HTTP/1.1", "Host: localhost", "Content-Type: application/cloudevents+json", "Connection: close",
                        length, "").send(length.endsWith("chunked") ? large : new String[] {large[1]});
                String answer = http.answer();
                assertTrue(answer.startsWith("HTTP/1.1 413") && answer.contains("application/problem+json"), answer);
            }
        }
        assertTrue(seen.events.isEmpty());
    }

    @Test
    void anEventThatCanNeverSucceedIsNotSentAgainAndOneThatMayIs() {
        seen.fault.set(new PadrecException("there is no run 'x'"));
        assertPoison(binary().post("/").then().statusCode(422));
        seen.fault.set(new PadrecException("the database does not answer", new SQLException("gone", "08006")));
        assertProblem(binary().post("/").then(), 503, "try again").header("Retry-After", "2");
        seen.fault.set(new IllegalStateException("a bug"));
        assertProblem(binary().post("/").then(), 500, "the log says what");
        seen.fault.set(null);
        binary().post("/").then().statusCode(204);
    }
}
