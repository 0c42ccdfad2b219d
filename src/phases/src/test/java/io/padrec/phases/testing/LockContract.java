package io.padrec.phases.testing;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.serverless.Routes;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may reach a training function: its own test extends this, as a QuarkusTest with the profile {@link Keys}. */
public abstract class LockContract {
    /** As in production, and without a database. */
    public static final class Keys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("padrec.auth.enabled", "true", "padrec.auth.keys", "recommend:" + sha256("recommend-key") + ",train:"
                    + sha256("train-key"), "padrec.run.worker", "false", "quarkus.datasource.jdbc.url",
                    "jdbc:postgresql://127.0.0.1:1/padrec");
        }

        private static String sha256(String key) {
            return AtomicFiles.sha256(key.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Inject
    Routes routes;

    private static Response ask(RequestSpecification request, String route) {
        String[] parts = route.split(" ");
        return parts[0].equals("GET") ? request.get(parts[1]) : request.contentType("application/json").body("{}").post(parts[1]);
    }

    @Test
    void noRouteButHealthAnswersWithoutAKeyOfItsRole() {
        for (String route : routes.declared()) {
            Response without = ask(given(), route);
            Response others = ask(given().header("Authorization", "Bearer recommend-key"), route);
            if (route.startsWith("GET /q/health")) {
                assertTrue(without.statusCode() != 401, route);
            } else {
                assertProblem(without.then(), 401, "a key is needed");
                assertTrue(others.statusCode() == 403 || route.startsWith("GET /q/"), route);
            }
        }
    }

    @Test
    void theKeyOfTheRoleOpensRunsButNotTheDeliveryOfEvents() {
        assertProblem(ask(given().header("X-API-Key", "train-key"), "POST /").then(), 403, "the role events");
        assertProblem(ask(given().header("X-API-Key", "train-key"), "POST /runs/retry").then(), 400, "run", "not given");
    }
}
