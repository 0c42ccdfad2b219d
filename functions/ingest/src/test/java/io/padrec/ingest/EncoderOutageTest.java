package io.padrec.ingest;

import static io.padrec.ingest.Sending.lines;
import static io.padrec.ingest.Sending.send;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static io.padrec.serverless.testing.Http.post;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Snapshots;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EncoderOutageTest.Embedding.class)
@WithTestResource(StoreTestResource.class)
@WithTestResource(EmbeddingsServer.class)
class EncoderOutageTest {
    /** With vectors of a server, and a snapshot every second. */
    public static class Embedding implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("padrec.embed.enabled", "true", "padrec.embed.poll", "100ms", "padrec.snapshot.every", "1s",
                    "padrec.snapshot.poll", "100ms");
        }
    }

    @Inject
    EmbeddingState state;

    @Inject
    Snapshots snapshots;

    @Test
    void uploadsGoOnWhileTheEncoderIsDownAndItemsGetTheirVectorsAfterwards() throws InterruptedException {
        EmbeddingsServer.up = false;
        send("/items?dataset=shop", lines("{\"id\":\"a\",\"title\":\"A\"}", "{\"id\":\"b\",\"title\":\"B\"}")).statusCode(200);
        send("/interactions?dataset=shop", "{\"user\":\"zoe\",\"item\":\"a\"}\n".repeat(3)).statusCode(200);
        Eventually.holds("the encoder is found to be down", () -> state.isFailing());

        get("/q/health/ready").statusCode(200).body("checks.find { it.name == 'embedding' }.data.waiting", equalTo(2))
                .body("checks.find { it.name == 'embedding' }.data.state", equalTo("failing"));
        get("/q/metrics").body(containsString("padrec_ingest_items_waiting 2.0"));
        assertProblem(post("/snapshots", "{\"dataset\":\"shop\"}"), 503, "2 items of dataset 'shop' wait");

        EmbeddingsServer.up = true;
        Eventually.holds("the items have vectors", () -> state.embedded() == 2 && !state.isFailing());
        get("/q/health/ready").body("checks.find { it.name == 'embedding' }.data.state", equalTo("ok"));
        Eventually.holds("a snapshot is cut of itself", () -> snapshots.newest("shop").isPresent());
        post("/snapshots", "{\"dataset\":\"shop\"}").statusCode(201).body("encoder", containsString("tiny"))
                .body("snapshot", equalTo(snapshots.newest("shop").orElseThrow().hash()));
    }
}
