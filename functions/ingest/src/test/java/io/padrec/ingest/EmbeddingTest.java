package io.padrec.ingest;

import static io.padrec.ingest.Sending.lines;
import static io.padrec.ingest.Sending.send;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static io.padrec.serverless.testing.Http.post;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Embeddings;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.Outbox;
import io.padrec.store.Snapshots;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With the real encoder. */
@QuarkusTest
@TestProfile(EmbeddingTest.Embedding.class)
@WithTestResource(StoreTestResource.class)
class EmbeddingTest {
    /** Vectors are made, and a snapshot is cut for every 20 interactions. */
    public static class Embedding implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("padrec.embed.enabled", "true", "padrec.embed.segment", "16", "padrec.embed.poll", "100ms",
                    "padrec.snapshot.after-interactions", "20", "padrec.snapshot.poll", "100ms");
        }
    }

    @Inject
    Embeddings embeddings;

    @Inject
    Encoder encoder;

    @Inject
    EmbeddingState state;

    @Inject
    Outbox outbox;

    @Inject
    Snapshots snapshots;

    @Test
    void changedTitlesAreEncodedAgainAndUnchangedOnesAreNot() throws InterruptedException {
        send("/items?dataset=titles", items(40, "Fresh")).statusCode(200);
        awaitVectors("titles");
        long encoded = state.embedded();
        send("/items?dataset=titles", items(40, "Fresh")).statusCode(200).body("unchanged", equalTo(40));
        send("/items?dataset=titles", lines("{\"id\":\"i7\",\"title\":\"Stale item 7\"}", "{\"id\":\"new\",\"title\":\"New\"}"))
                .statusCode(200).body("changed", equalTo(1)).body("added", equalTo(1));
        assertTrue(embeddings.waiting("titles", encoder.name()) <= 2);
        awaitVectors("titles");
        Eventually.holds("two more are encoded", () -> state.embedded() == encoded + 2);

        List<Event> told = told(EventTypes.ITEMS_EMBEDDED, "titles");
        assertEquals(42, told.stream().mapToInt(event -> ((Number) event.data().get("items")).intValue()).sum());
        assertEquals(Map.of("dataset", "titles", "encoder", encoder.name(), "items", 16L, "segment",
                told.getFirst().data().get("segment")), told.getFirst().data());
        assertEquals("/padrec/ingest", told.getFirst().source());
    }

    @Test
    void aSnapshotIsCutWhenAllItemsHaveTheirVectors() throws InterruptedException {
        assertProblem(post("/snapshots", "{\"dataset\":\"cut\"}"), 404, "dataset", "there is no dataset 'cut'");
        send("/items?dataset=cut", items(400, "Some")).statusCode(200);
        assertProblem(post("/snapshots", "{\"dataset\":\"cut\"}"), 422, "no user of dataset 'cut' has 3 interactions");
        send("/interactions?dataset=cut", lines("{\"user\":\"zoe\",\"item\":\"i1\"}", "{\"user\":\"zoe\",\"item\":\"i2\"}",
                "{\"user\":\"zoe\",\"item\":\"i3\"}")).statusCode(200);
        assertProblem(post("/snapshots", "{\"dataset\":\"cut\"}"), 503, "items of dataset 'cut' wait for their text vectors")
                .header("Retry-After", "2");
        awaitVectors("cut");

        String wish = "{\"dataset\":\"cut\",\"recipe\":\"paper\",\"backbone\":\"caser\",\"epochs\":3,\"seed\":-7}";
        String hash = post("/snapshots", wish).statusCode(201)
                .body("dataset", equalTo("cut")).body("users", equalTo(1)).body("items", equalTo(400))
                .body("interactions", equalTo(3)).extract().path("snapshot");
        post("/snapshots", wish).statusCode(201).body("snapshot", equalTo(hash));
        post("/snapshots", "{\"dataset\":\"cut\"}").statusCode(201).body("snapshot", equalTo(hash));

        assertProblem(post("/snapshots", "{\"dataset\":\"cut\",\"split\":\"temporal\"}"), 422,
                "an interaction of dataset 'cut' has no time");

        List<Event> told = told(EventTypes.SNAPSHOT_CREATED, "cut");
        assertEquals(2, told.size());
        assertEquals(Map.of("dataset", "cut", "snapshot", hash, "encoder", encoder.name(), "recipe", "paper",
                "backbone", "caser", "epochs", 3L, "seed", -7L), told.getFirst().data());
        assertTrue(told.getFirst().id().startsWith("snapshot.created:" + hash.substring(0, 16) + ":"));
        assertEquals(Map.of("dataset", "cut", "snapshot", hash, "encoder", encoder.name()), told.getLast().data());
        get("/snapshots?dataset=cut").statusCode(200).body("snapshots", hasSize(1)).body("snapshots[0].snapshot", equalTo(hash))
                .body("snapshots[0].split", equalTo("leave-one-out"));
        get("/datasets").statusCode(200).body("datasets.find { it.dataset == 'cut' }.waiting", equalTo(0))
                .body("datasets.find { it.dataset == 'cut' }.snapshot", equalTo(hash));
    }

    @Test
    void aSnapshotIsCutWhenEnoughInteractionsCame() throws InterruptedException {
        send("/items?dataset=counted", items(3, "Some")).statusCode(200);
        send("/interactions?dataset=counted", seen(19)).statusCode(200);
        awaitVectors("counted");
        Thread.sleep(500);
        get("/datasets").body("datasets.find { it.dataset == 'counted' }.snapshot", nullValue());

        send("/interactions?dataset=counted", seen(1)).statusCode(200);
        Eventually.holds("a snapshot of 20", () -> snapshots.newest("counted").filter(s -> s.interactions() == 20).isPresent());
        send("/interactions?dataset=counted", seen(25)).statusCode(200);
        Eventually.holds("a snapshot of 45", () -> snapshots.newest("counted").filter(s -> s.interactions() == 45).isPresent());
        Thread.sleep(500);
        get("/snapshots?dataset=counted").body("snapshots", hasSize(2));
        assertEquals(2, told(EventTypes.SNAPSHOT_CREATED, "counted").size());
    }

    @Test
    void whatASnapshotIsAskedForIsChecked() {
        assertProblem(post("/snapshots", "{\"split\":\"random\"}"), 400, "split", "there are leave-one-out and temporal");
        assertProblem(post("/snapshots", "{\"recipe\":\"good\"}"), 400, "recipe", "must be best or paper, but is 'good'");
        assertProblem(post("/snapshots", "{\"backbone\":\"good\"}"), 400, "backbone",
                "must be sasrec or gru4rec or caser, but is 'good'");
        assertProblem(post("/snapshots", "{\"epochs\":0}"), 400, "epochs", "whole number from 1");
        assertProblem(post("/snapshots", "{\"seed\":1.5}"), 400, "seed", "whole number");
        assertProblem(post("/snapshots", "{\"from\":\"x\"}"), 400, "from", "not known here");
        assertProblem(get("/snapshots?dataset=nowhere"), 404, "dataset", "there is no dataset 'nowhere'");
        assertProblem(get("/datasets?x=1"), 400, "x", "not known here");
    }

    @Test
    void healthAndMetricsSayHowEmbeddingGoes() throws InterruptedException {
        send("/items?dataset=health", items(3, "Some")).statusCode(200);
        awaitVectors("health");
        get("/q/health/ready").statusCode(200).body("checks.name", hasItem("embedding"));
        get("/q/metrics").statusCode(200).body(containsString("padrec_ingest_items_embedded_total"))
                .body(containsString("padrec_ingest_items_waiting"))
                .body(containsString("padrec_ingest_rows_total{kind=\"items\",result=\"stored\"}"));
    }

    private void awaitVectors(String dataset) throws InterruptedException {
        Eventually.holds("all items have vectors", () -> embeddings.waiting(dataset, encoder.name()) == 0);
    }

    /** Events of the type that wait to be sent, the oldest first; they go on waiting. */
    private List<Event> told(String type, String dataset) {
        List<Event> all = new ArrayList<>();
        outbox.take(10_000, Duration.ZERO).stream()
                .filter(event -> event.type().equals(type) && event.data().get("dataset").equals(dataset)).forEach(all::add);
        return all;
    }

    private static String items(int count, String kind) {
        return lines(IntStream.range(0, count).mapToObj(i -> "{\"id\":\"i" + i + "\",\"title\":\"" + kind + " item " + i + "\"}")
                .toArray(String[]::new));
    }

    private static String seen(int count) {
        return "{\"user\":\"zoe\",\"item\":\"i1\"}\n".repeat(count);
    }
}
