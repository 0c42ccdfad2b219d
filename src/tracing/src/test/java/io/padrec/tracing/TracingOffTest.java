package io.padrec.tracing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.padrec.serverless.Tracing;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As it is until somebody says where spans go to. */
@QuarkusTest
@TestProfile(TracingOffTest.Off.class)
class TracingOffTest {
    /** The SDK is disabled. */
    public static class Off implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.otel.sdk.disabled", "true");
        }
    }

    @Inject
    Tracing tracing;

    @Test
    void contextsArePassedOnAsTheyCome() throws Exception {
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        given().header("traceparent", traceparent).contentType("application/json").body("{}").post("/pretrain").then()
                .statusCode(200).body("traceparent", equalTo(traceparent));
        assertNull(tracing.within(null, "pretrain", tracing::current));
    }
}
