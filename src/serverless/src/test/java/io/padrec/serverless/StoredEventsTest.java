package io.padrec.serverless;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.serverless.testing.Eventually;
import io.padrec.serverless.testing.Gateway;
import io.padrec.serverless.testing.StoreBehindGateway;
import io.padrec.store.EventTypes;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreBehindGateway.class)
class StoredEventsTest {
    @Inject
    EntityManager entities;

    Gateway gateway;

    private static ValidatableResponse send(Map<String, String> headers, String data) {
        return given().headers(headers).contentType("application/json").body(data).post("/").then();
    }

    private static Map<String, String> headers(String id) {
        return Map.of("ce-specversion", "1.0", "ce-id", id, "ce-source", "/x", "ce-type", EventTypes.PRETRAIN_REQUESTED);
    }

    private long stored() {
        return QuarkusTransaction.requiringNew().call(() -> (Long) entities.createNativeQuery("SELECT count(*) FROM inbox",
                Long.class).getSingleResult());
    }

    @AfterEach
    void giveTheDatabaseBack() throws Exception {
        gateway.become(Gateway.State.OPEN);
    }

    @Test
    void whatIsMalformedIsNotStoredAndWhatIsNotIsStoredOnce() {
        send(headers("1"), "{}").statusCode(204);
        send(headers("1"), "{}").statusCode(204);
        long before = stored();
        assertProblem(send(headers("2"), "not json"), 400, "not JSON");
        assertProblem(send(headers("3"), "[]"), 422, "no JSON object");
        assertProblem(send(Map.of("ce-specversion", "1.0", "ce-source", "/x", "ce-type", EventTypes.PRETRAIN_REQUESTED), "{}"), 400,
                "no ce-id");
        assertEquals(before, stored());
        send(headers("4"), "{}").statusCode(204);
        assertEquals(before + 1, stored());
    }

    @Test
    void whileTheDatabaseIsAwayEventsAreToComeAgain() throws Exception {
        gateway.become(Gateway.State.CLOSED);
        assertProblem(send(headers("5"), "{}"), 503, "try again").header("Retry-After", "2");
        gateway.become(Gateway.State.OPEN);
        Eventually.holds("it is taken", () -> send(headers("5"), "{}").extract().statusCode() == 204);
    }
}
