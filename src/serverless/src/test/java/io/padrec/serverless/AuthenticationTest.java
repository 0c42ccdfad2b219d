package io.padrec.serverless;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.store.EventTypes;
import io.padrec.serverless.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AuthenticationTest.Keys.class)
class AuthenticationTest {
    /** A key for each role, {@code ROLE-key}; train is being changed from one key to another. */
    public static class Keys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("padrec.auth.enabled", "true", "padrec.auth.keys", String.join(", ",
                    "events:" + sha256("events-key"), "ingest:" + sha256("ingest-key"), "train:" + sha256("train-key"),
                    "train:" + sha256("next-train-key").toUpperCase(Locale.ROOT), "recommend:" + sha256("recommend-key"),
                    "metrics:" + sha256("metrics-key"), "admin:" + sha256("admin-key")));
        }

        static String sha256(String key) {
            return AtomicFiles.sha256(key.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Inject
    Routes routes;

    private static RequestSpecification with(String key) {
        return key.isEmpty() ? given() : given().header("Authorization", "Bearer " + key);
    }

    private static Response ask(RequestSpecification request, String route) {
        String[] parts = route.split(" ");
        return switch (route) {
            case "POST /" -> request.header("ce-specversion", "1.0").header("ce-id", "1").header("ce-source", "/x")
                    .header("ce-type", EventTypes.SNAPSHOT_CREATED).contentType("application/json").body("{}").post("/");
            case "POST /stream" -> request.contentType("application/x-ndjson").body("{}\n".getBytes(StandardCharsets.UTF_8)).post("/stream");
            case "GET /q/metrics" -> request.accept("text/plain").get("/q/metrics");
            case "GET /echo" -> request.get("/echo?say=a");
            case "POST /echo" -> request.contentType("application/json").body("{\"say\":\"a\"}").post("/echo");
            default -> parts[0].equals("GET") ? request.get(parts[1])
                    : request.contentType("application/json").body("{}").post(parts[1]);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Events-key", "a.b.c"})
    void noRouteButHealthAnswersWithoutAKey(String key) {
        Set<String> open = Set.of("GET /q/health", "GET /q/health/live", "GET /q/health/ready", "GET /q/health/started");
        for (String route : routes.declared()) {
            Response response = ask(with(key), route);
            if (open.contains(route)) {
                response.then().statusCode(200);
            } else {
                assertProblem(response.then(), 401, "a key is needed").header("WWW-Authenticate", "Bearer");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"events,POST /", "ingest,POST /stream", "train,POST /later", "recommend,GET /echo", "recommend,POST /echo",
            "metrics,GET /q/metrics", "metrics,GET /q/openapi"})
    void aRolesKeyOpensItsRoutesAndNoOthersButAdminsOpensAll(String role, String route) {
        for (String other : Set.of("events", "ingest", "train", "recommend", "metrics", "admin")) {
            Response response = ask(with(other + "-key"), route);
            if (other.equals(role) || other.equals("admin") || role.equals("metrics")) {
                assertTrue(response.statusCode() < 300, route + " " + response.statusCode());
            } else {
                assertProblem(response.then(), 403, "this needs the role " + role + "; the key that was sent has " + other);
            }
        }
    }

    @Test
    void oldAndNewKeyOpenWhileOneReplacesTheOther() {
        ask(with("train-key"), "POST /later").then().statusCode(202);
        ask(with("next-train-key"), "POST /later").then().statusCode(202);
    }

    @Test
    void aRouteMayOpenToSeveralRoles() {
        ask(with("train-key"), "GET /either").then().statusCode(200);
        ask(with("recommend-key"), "GET /either").then().statusCode(200);
        assertProblem(ask(with("ingest-key"), "GET /either").then(), 403, "the role recommend or train");
    }

    @Test
    void aKeyMayComeInEitherHeader() {
        given().header("X-API-Key", "recommend-key").get("/echo?say=a").then().statusCode(200);
        given().header("Authorization", "bearer recommend-key").get("/echo?say=a").then().statusCode(200);
        given().header("Authorization", "Basic recommend-key").get("/echo?say=a").then().statusCode(401);
    }

    @Test
    void whatIsNotThereIsNotFoundWithoutAKeyToo() {
        assertProblem(given().get("/nothing").then(), 404, "nothing at");
        assertProblem(given().get("/hidden").then(), 404, "nothing at");
    }

    @Test
    void aBodyIsNotWaitedForWhereItIsNotWanted() throws Exception {
        try (RawHttp http = new RawHttp()) {
            http.send("POST /echo HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Content-Length: 9000000", "", "{");
            assertTrue(http.answer().startsWith("HTTP/1.1 401"));
        }
    }
}
