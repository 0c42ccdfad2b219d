package io.padrec.ingest;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.serverless.Routes;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AccessTest.Keys.class)
@WithTestResource(StoreTestResource.class)
class AccessTest {
    /** A key for each role, which is its name. */
    public static class Keys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("padrec.auth.enabled", "true", "padrec.auth.keys", Stream.of("ingest", "train", "events", "recommend")
                    .map(role -> role + ":" + AtomicFiles.sha256(role.getBytes(StandardCharsets.UTF_8)))
                    .collect(Collectors.joining(",")));
        }
    }

    @Inject
    Routes routes;

    @Test
    void nothingButHealthAnswersWithoutAKey() {
        assertTrue(routes.declared().contains("POST /items"));
        for (String route : routes.declared()) {
            String[] words = route.split(" ");
            ValidatableResponse answer = given().contentType("application/json").request(words[0], words[1]).then();
            if (words[1].startsWith("/q/health")) {
                answer.statusCode(200);
            } else {
                assertProblem(answer, 401, "a key is needed");
            }
        }
    }

    @Test
    void aKeyOpensWhatIsOfItsRole() {
        assertProblem(send("recommend", "/items"), 403, "needs the role ingest");
        assertProblem(send("train", "/items"), 403, "needs the role ingest");
        send("ingest", "/items").statusCode(200);
        assertProblem(send("events", "/interactions"), 403, "needs the role ingest");
        assertProblem(snapshot("recommend"), 403, "ingest");
        assertProblem(snapshot("ingest"), 404, "there is no dataset 'none'");
        assertProblem(snapshot("train"), 404, "there is no dataset 'none'");
        assertProblem(given().header("X-API-Key", "ingest").contentType("application/cloudevents+json").body("{}").post("/").then(),
                403, "needs the role events");
    }

    private static ValidatableResponse send(String key, String path) {
        return given().header("Authorization", "Bearer " + key).contentType("application/json")
                .body("[{\"id\":\"a\",\"title\":\"A\"}]".getBytes(StandardCharsets.UTF_8)).post(path).then();
    }

    private static ValidatableResponse snapshot(String key) {
        return given().header("X-API-Key", key).contentType("application/json").body("{\"dataset\":\"none\"}").post("/snapshots")
                .then();
    }
}
