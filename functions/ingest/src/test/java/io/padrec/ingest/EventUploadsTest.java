package io.padrec.ingest;

import static io.padrec.ingest.Sending.lines;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.core.Json;
import io.padrec.store.Datasets;
import io.padrec.store.EventTypes;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class EventUploadsTest {
    @Inject
    Datasets datasets;

    @ConfigProperty(name = "padrec.artifacts")
    Path artifacts;

    /** An event that is yet to be taken. */
    private record Sent(String id, String type, Map<String, Object> data) {
    }

    @Test
    void eventsInAnyOrderAndMoreThanOnceHaveTheirEffectOnce() {
        List<Sent> events = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            events.add(new Sent("shuffled-items-" + i, EventTypes.ITEMS_ADDED, Map.of("dataset", "shuffled", "items",
                    List.of(Map.of("id", "i" + i, "title", "Item " + i)))));
            events.add(new Sent("shuffled-seen-" + i, EventTypes.INTERACTIONS_ADDED, Map.of("dataset", "shuffled", "interactions",
                    List.of(Map.of("user", "zoe", "item", "i" + i, "time", 1000 + i), Map.of("user", "zoe", "item", "i" + i)))));
        }
        List<Sent> deliveries = new ArrayList<>();
        IntStream.range(0, 3).forEach(i -> deliveries.addAll(events));
        Collections.shuffle(deliveries, new Random(7));
        int sentBack = 0;
        while (!deliveries.isEmpty()) {
            List<Sent> again = new ArrayList<>();
            for (Sent event : deliveries) {
                int status = deliver(event.id(), event.type(), Instant.now(), event.data()).extract().statusCode();
                if (status == 503) {
                    again.add(event);
                } else {
                    assertEquals(204, status, event.id());
                }
            }
            sentBack += again.size();
            deliveries.clear();
            deliveries.addAll(again);
        }
        assertEquals(12, datasets.find("shuffled").orElseThrow().items());
        assertEquals(24, datasets.find("shuffled").orElseThrow().interactions());
        assertEquals(true, sentBack > 0, "the order had interactions before their items");
    }

    @Test
    void interactionsWhoseItemsDoNotComeAreRejectedInTheEnd() {
        deliver("late-items", EventTypes.ITEMS_ADDED, Instant.now(), Map.of("dataset", "late", "items",
                List.of(Map.of("id", "a", "title", "A")))).statusCode(204);
        Map<String, Object> data = Map.of("dataset", "late", "interactions",
                List.of(Map.of("user", "zoe", "item", "a"), Map.of("user", "zoe", "item", "x"), "nonsense"));
        assertProblem(deliver("late-seen", EventTypes.INTERACTIONS_ADDED, Instant.now(), data), 503, "not known yet");
        assertEquals(Optional.empty(), datasets.history("late", "zoe"));

        deliver("late-seen", EventTypes.INTERACTIONS_ADDED, Instant.now().minusSeconds(90), data).statusCode(204);
        assertEquals(Optional.of(List.of("a")), datasets.history("late", "zoe"));
    }

    @Test
    void rowsInAnArtifactAreStored() throws IOException {
        Files.createDirectories(artifacts.resolve("uploads"));
        Files.writeString(artifacts.resolve("uploads/shop.json"),
                "[{\"id\":\"a\",\"title\":\"A\"},{\"id\":\"b\",\"title\":\"B\"}]");
        Files.writeString(artifacts.resolve("uploads/seen.ndjson"), lines("{\"user\":\"zoe\",\"item\":\"b\"}", "nonsense"));
        for (int i = 0; i < 2; i++) {
            deliver("shop-1", EventTypes.ITEMS_ADDED, Instant.now(), Map.of("dataset", "shop", "artifact", "uploads/shop.json"))
                    .statusCode(204);
            deliver("shop-2", EventTypes.INTERACTIONS_ADDED, Instant.now(),
                    Map.of("dataset", "shop", "artifact", "uploads/seen.ndjson")).statusCode(204);
        }
        assertEquals(2, datasets.find("shop").orElseThrow().items());
        assertEquals(Optional.of(List.of("b")), datasets.history("shop", "zoe"));
    }

    @Test
    void dataThatCannotBeUnderstoodStoreNothing() throws IOException {
        Files.createDirectories(artifacts.resolve("uploads"));
        Files.writeString(artifacts.resolve("uploads/half.json"), "[{\"id\":\"a\",\"title\":\"A\"},");
        assertUnusable(Map.of("dataset", "bad"), "either items or artifact");
        assertUnusable(Map.of("dataset", "bad", "items", "all"), "must be a list of rows");
        assertUnusable(Map.of("dataset", "bad", "items", List.of()), "must be a list of rows");
        assertUnusable(Map.of("dataset", 7, "items", List.of(Map.of("id", "a", "title", "A"))), "dataset must be a text");
        assertUnusable(Map.of("dataset", "bad", "items", List.of(Map.of("id", "a"))), "none of its 1 rows");
        assertUnusable(Map.of("dataset", "bad", "rows", List.of()), "'rows' is not known");
        assertUnusable(Map.of("dataset", "bad", "artifact", "models/m/weights.ndjson"), "must be named uploads/");
        assertUnusable(Map.of("dataset", "bad", "artifact", "uploads/../models/m.json"), "must be named uploads/");
        assertUnusable(Map.of("dataset", "bad", "artifact", "uploads/gone.json"), "there is no artifact");
        assertUnusable(Map.of("dataset", "bad", "items", Collections.nCopies(1001, Map.of("id", "a", "title", "A"))),
                "holds 1001 rows");
        assertProblem(deliver("bad", EventTypes.ITEMS_ADDED, Instant.now(), Map.of("dataset", "bad", "artifact",
                "uploads/half.json")), 400, "the array is not closed");
        assertProblem(deliver("bad-seen", EventTypes.INTERACTIONS_ADDED, Instant.now().minusSeconds(90), Map.of("dataset", "bad",
                "interactions", List.of(Map.of("user", "zoe", "item", "a")))), 422, "there is no dataset 'bad'");
        assertEquals(Optional.empty(), datasets.find("bad"));

        // What was refused was not consumed: mended, it is taken under the same id.
        deliver("bad", EventTypes.ITEMS_ADDED, Instant.now(), Map.of("dataset", "bad", "items",
                List.of(Map.of("id", "a", "title", "A")))).statusCode(204);
        assertEquals(1, datasets.find("bad").orElseThrow().items());
    }

    private static void assertUnusable(Map<String, Object> data, String reason) {
        assertProblem(deliver("bad", EventTypes.ITEMS_ADDED, Instant.now(), data), 422, reason);
    }

    private static ValidatableResponse deliver(String id, String type, Instant time, Map<String, Object> data) {
        Map<String, Object> event = new HashMap<>(Map.of("specversion", "1.0", "id", id, "source", "/shop", "type", type,
                "time", time.toString(), "datacontenttype", "application/json", "data", data));
        return given().contentType("application/cloudevents+json").body(Json.write(event)).post("/").then();
    }
}
