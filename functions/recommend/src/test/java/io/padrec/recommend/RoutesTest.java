package io.padrec.recommend;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.padrec.serverless.Routes;
import io.padrec.serverless.testing.Contract;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RoutesTest {
    @Inject
    Routes routes;

    @Test
    void theContractDescribesEveryRoute() {
        Contract.assertDescribes(routes);
    }

    @Test
    void theNamesOfEventFunctionsAreNoPaths() {
        assertProblem(get("/modelPromoted"), 404, "there is nothing at");
        assertProblem(get("/"), 405, "takes POST");
    }

    @Test
    void itIsReadyWithoutAModelAndWithoutItsDatabase() {
        get("/q/health/live").statusCode(200).body("status", equalTo("UP"));
        get("/q/health/ready").statusCode(200)
                .body("checks.find { it.name == 'model' }.data.id", equalTo("none"))
                .body("checks.find { it.name == 'store' }.data.database", equalTo("down"));
    }

    @Test
    void metricsAreForWhoAcceptsText() {
        given().accept("text/plain").get("/q/metrics").then().statusCode(200);
        assertProblem(given().accept("application/json").get("/q/metrics").then(), 406, "text/plain");
    }
}
