package io.padrec.recommend;

import static io.padrec.recommend.Http.recommend;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.serverless.testing.Eventually;
import io.padrec.serverless.testing.Gateway;
import io.padrec.serverless.testing.StoreBehindGateway;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Models;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreBehindGateway.class)
class DatabaseOutageTest {
    @Inject
    Datasets datasets;

    @Inject
    Models models;

    @Inject
    Artifacts artifacts;

    Gateway gateway;

    @BeforeEach
    void serve() throws InterruptedException {
        Shop.save(datasets);
        Shop.promote(1, models, artifacts);
        Shop.awaitServed("model-1");
        get("/recommend?user=ada").statusCode(200);
    }

    @AfterEach
    void giveTheDatabaseBack() throws Exception {
        gateway.become(Gateway.State.OPEN);
        Eventually.holds("users are known again", () -> get("/recommend?user=ada").extract().statusCode() == 200);
    }

    @Test
    void whileTheDatabaseIsDownHistoriesAreAnsweredAndUsersAreNot() throws Exception {
        gateway.become(Gateway.State.CLOSED);
        assertProblem(get("/recommend?user=ada"), 503, "users cannot be looked up").header("Retry-After", "2");
        for (int i = 0; i < 20; i++) {
            assertProblem(get("/recommend?user=ada"), 503, "users cannot be looked up");
            recommend(List.of("item-1"), 10).statusCode(200).body("model", equalTo("model-1"));
        }
        get("/similar?item=item-1").statusCode(200);
        Eventually.holds("health says so", () -> "down".equals(get("/health").extract().path("database")));
        get("/health").statusCode(200).body("state", equalTo("serving"));
    }

    @Test
    void aDatabaseThatNoLongerAnswersDoesNotHoldUpHistories() throws Exception {
        gateway.become(Gateway.State.SILENT);
        // More than there are threads that work on requests.
        List<CompletableFuture<HttpResponse<Void>>> waiting = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI user = URI.create("http://localhost:" + RestAssured.port + "/recommend?user=ada");
            for (int i = 0; i < 400; i++) {
                waiting.add(client.sendAsync(HttpRequest.newBuilder(user).build(), HttpResponse.BodyHandlers.discarding()));
            }
            Thread.sleep(200);
            for (int i = 0; i < 20; i++) {
                long from = System.nanoTime();
                recommend(List.of("item-1"), 10).statusCode(200);
                assertTrue(System.nanoTime() - from < 1_000_000_000L, "a posted history waited for the database");
            }
            long asked = System.nanoTime();
            RestAssured.get("/q/health/ready").then().statusCode(200);
            assertTrue(System.nanoTime() - asked < 2_500_000_000L, "a probe waited for the database");
            gateway.become(Gateway.State.OPEN);
            for (CompletableFuture<HttpResponse<Void>> one : waiting) {
                assertTrue(Set.of(200, 503).contains(one.get().statusCode()));
            }
        }
    }
}
