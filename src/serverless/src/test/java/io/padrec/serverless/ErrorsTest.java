package io.padrec.serverless;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static io.padrec.serverless.testing.Http.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.serverless.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ErrorsTest {
    @Test
    void whatIsDeclaredIsAnswered() {
        get("/echo?say=hello").statusCode(200).contentType(ContentType.JSON).body("said", equalTo("hello"));
        post("/echo", "{\"say\":\"hello\"}").statusCode(200).body("said", equalTo("hello"));
    }

    @Test
    void whatIsYetToBeDoneIsAccepted() {
        post("/later", "{}").statusCode(202).contentType(ContentType.JSON).body("run", equalTo("pretrain-1"));
    }

    @Test
    void whatIsNewIsCreatedAndWhatFailsIsNot() {
        get("/either?seed=-9223372036854775808").statusCode(201).body("seed", equalTo(Long.MIN_VALUE));
        get("/either").statusCode(200);
        for (String wrong : List.of("1.5", "", "9223372036854775808", "ten")) {
            assertProblem(get("/either?seed=" + wrong), 400, "seed", "seed must be a whole number");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/hidden", "/snapshotCreated", "/echo/", "/ECHO", "/echo/more", "/./echo",
            "/q", "/q/", "/q/dev", "/q/health/"})
    void whatIsNotDeclaredIsNotFoundEvenWhereFunqyHasIt(String path) {
        assertProblem(given().urlEncodingEnabled(false).get(path).then(), 404, "there is nothing at '" + path + "'");
        assertProblem(given().urlEncodingEnabled(false).contentType(ContentType.JSON).body("{}").post(path).then(), 404, path);
    }

    @Test
    void otherMethodsAreToldWhichAreTaken() {
        assertProblem(given().delete("/echo").then(), 405, "/echo takes GET, POST, not DELETE").header("Allow", "GET, POST");
        assertProblem(get("/"), 405, "/ takes POST").header("Allow", "POST");
        assertProblem(given().contentType(ContentType.JSON).body("{}").post("/q/health").then(), 405, "takes GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml, text/*;q=0.5", "application/json;q=0", "application/json;q=0, */*",
            "application/json;q=0, application/*"})
    void whoAcceptsNoJsonGetsNone(String accept) {
        assertProblem(given().header("Accept", accept).get("/echo?say=a").then(), 406, "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "text/html, */*;q=0.1", "application/json; charset=utf-8", "APPLICATION/JSON",
            "application/json, */*;q=0"})
    void whoAcceptsJsonGetsIt(String accept) {
        given().header("Accept", accept).get("/echo?say=a").then().statusCode(200);
    }

    @Test
    void bodiesOfOtherTypesAreRefused() {
        assertProblem(given().contentType("text/plain").body("{}").post("/echo").then(), 415, "application/json");
        assertProblem(given().post("/echo").then(), 415, "application/json");
        given().contentType("Application/JSON; charset=UTF-8").body("{\"say\":\"a\"}").post("/echo").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[1]", "{\"say\":", "\"a\""})
    void bodiesThatAreNoJsonObjectAreRefused(String body) {
        assertProblem(post("/echo", body), 400, "the body is not a JSON object");
    }

    @Test
    void fieldsThatAreUnknownTwofoldOrInTheWrongPlaceAreRefused() {
        assertProblem(get("/echo?sai=a"), 400, "sai", "known are say");
        assertProblem(get("/echo?say=a&say=b"), 400, "say", "more than once");
        assertProblem(post("/echo?say=a", "{}"), 400, "say", "stands in the query");
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws Exception {
        try (RawHttp http = new RawHttp()) {
            http.send("POST /echo HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Content-Length: 11000000", "", "{");
            String answer = http.answer();
            assertTrue(answer.startsWith("HTTP/1.1 413") && answer.contains("the body is too large"), answer);
        }
    }

    @Test
    void eventsAtAFunctionsPathAreRefused() {
        assertProblem(given().header("ce-id", "1").header("ce-type", "x").contentType(ContentType.JSON).body("{}").post("/echo")
                .then(), 400, "events are taken at POST /");
        assertProblem(given().header("Ce-Id", "1").get("/echo?say=a").then(), 400, "events are taken at POST /");
        assertProblem(given().contentType("application/cloudevents+json").get("/echo?say=a").then(), 400, "events are taken");
    }

    @Test
    void whatTheUserCanMendIsSaid() {
        assertProblem(post("/fail", "{\"how\":\"mendable\"}"), 422, "there is no snapshot 'x'; 'snapshots' lists them");
    }

    @Test
    void anOutageIsSaidWithoutWhereItIs() {
        assertProblem(post("/fail", "{\"how\":\"outage\"}"), 503, "try again").header("Retry-After", "2")
                .body("detail", not(containsString("secret-host")));
    }

    @Test
    void whatNobodyExpectedIsLoggedAndNotSaid() {
        try (Recorded log = new Recorded(Failures.class)) {
            assertProblem(post("/fail", "{}"), 500, "the log says what").body("detail", not(containsString("secret-host")));
            assertTrue(log.records().stream().anyMatch(record -> record.getLevel().intValue() >= Level.SEVERE.intValue()
                    && record.getThrown() != null && record.getThrown().toString().contains("secret-host is on fire")));
        }
    }

    @Test
    void requestsAreTimedByRouteAndWhatIsNotFoundIsOneRoute() {
        get("/echo?say=a").statusCode(200);
        get("/no/such/path").statusCode(404);
        given().accept("text/plain").get("/q/metrics").then().statusCode(200).contentType(containsString("text/plain"))
                .body(containsString("http_server_requests_seconds_count{method=\"GET\",outcome=\"SUCCESS\",status=\"200\",uri=\"/echo\""))
                .body(containsString("uri=\"NOT_FOUND\"")).body(not(containsString("/no/such/path")))
                .body(containsString("padrec_outbox_unsent NaN"));
        assertProblem(given().accept("application/json").get("/q/metrics").then(), 406, "text/plain");
    }

    @Test
    void theContractIsServedAsItIs() {
        given().get("/q/openapi").then().statusCode(200).contentType("application/yaml").body(containsString("openapi: 3.1.0"));
        assertProblem(given().accept("application/json").get("/q/openapi").then(), 406, "application/yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET echo HTTP/1.1\r\nHost: localhost", "GET /echo%00 HTTP/1.1\r\nHost: localhost",
            "PROPFIND /echo HTTP/1.1\r\nHost: localhost", "GET /echo?say=a HTTP/1.1"})
    void malformedRequestsAreProblemsTooWhereTheyGetPastQuarkus(String request) throws Exception {
        try (RawHttp http = new RawHttp()) {
            String answer = http.send(request, "Connection: close", "").answer();
            assertTrue(answer.startsWith("HTTP/1.1 4") && answer.contains("application/problem+json"), request + ": " + answer);
        }
    }
}
