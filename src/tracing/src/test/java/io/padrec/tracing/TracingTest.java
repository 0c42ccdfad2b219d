package io.padrec.tracing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.padrec.serverless.Tracing;
import io.padrec.serverless.testing.Eventually;
import io.padrec.store.EventTypes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String GIVEN = "00-" + TRACE + "-b7ad6b7169203331-01";

    /** Keeps spans for the test to look at. */
    @ApplicationScoped
    public static class Exporter {
        @Produces
        @ApplicationScoped
        InMemorySpanExporter spans() {
            return InMemorySpanExporter.create();
        }
    }

    @Inject
    Tracing tracing;

    @Inject
    InMemorySpanExporter exporter;

    @BeforeEach
    void forget() {
        exporter.reset();
    }

    private SpanData span(String name) throws InterruptedException {
        Eventually.holds("span " + name, () -> spans().stream().anyMatch(span -> span.getName().equals(name)));
        return spans().stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
    }

    private List<SpanData> spans() {
        return exporter.getFinishedSpanItems();
    }

    @Test
    void aRunIsASpanOfTheTraceOfTheRequestThatBeganIt() throws Exception {
        String begun = given().header("traceparent", GIVEN).contentType("application/json").body("{}").post("/pretrain").then()
                .statusCode(200).extract().path("traceparent");
        String ofEvent = tracing.within(begun, "pretrain", tracing::current);
        SpanData request = span("POST /pretrain");
        SpanData run = span("pretrain");
        assertEquals(TRACE, request.getTraceId());
        assertEquals("b7ad6b7169203331", request.getParentSpanId());
        assertEquals(TRACE, run.getTraceId());
        assertEquals(request.getSpanId(), run.getParentSpanId());
        assertEquals("00-" + TRACE + "-" + run.getSpanId() + "-01", ofEvent);
    }

    @Test
    void anEventIsDeliveredWithTheContextOfItsRequest() throws Exception {
        given().header("ce-specversion", "1.0").header("ce-id", "1").header("ce-source", "/x").header("traceparent", GIVEN)
                .header("ce-traceparent", GIVEN).header("ce-type", EventTypes.SNAPSHOT_CREATED).contentType("application/json")
                .body("{}").post("/").then().statusCode(204);
        assertEquals("00-" + TRACE + "-" + span("POST /").getSpanId() + "-01", TracedFunctions.OF_EVENT.get());
    }

    @Test
    void withoutAnyContextATraceBegins() throws Exception {
        String one = tracing.within(null, "align", tracing::current);
        String two = tracing.within(null, "align", tracing::current);
        assertNotEquals(one, two);
    }

    @Test
    void workThatFailsIsAFailedSpan() throws Exception {
        assertThrows(IllegalStateException.class, () -> tracing.within(GIVEN, "finetune", () -> {
            throw new IllegalStateException("out of luck");
        }));
        assertEquals(StatusCode.ERROR, span("finetune").getStatus().getStatusCode());
    }
}
