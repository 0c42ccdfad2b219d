package io.padrec.pretrain;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.post;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.core.Json;
import io.padrec.phases.testing.FunctionContract;
import io.padrec.store.EventTypes;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class PretrainFunctionTest extends FunctionContract {
    PretrainFunctionTest() {
        super("pretrain", EventTypes.SNAPSHOT_CREATED);
    }

    @Override
    protected Map<String, Object> beginning(long seed) {
        return Map.of("snapshot", trainer.stock("shop", 100).hash(), "seed", seed);
    }

    @Test
    void aDatasetStandsForItsNewestSnapshot() throws Exception {
        trainer.stock("newest", 90);
        SnapshotRecord newest = trainer.stock("newest", 100);
        String id = post("/pretrain", "{\"dataset\":\"newest\",\"recipe\":\"paper\",\"backbone\":\"gru4rec\",\"epochs\":2,\"seed\":-7}")
                .statusCode(202).extract().path("run");
        Run run = await(id, Run.State.SUCCEEDED);
        assertEquals(newest.hash(), run.snapshot());
        assertEquals("paper", run.config().get("name"));
        assertEquals("gru4rec", run.config().get("backbone"));
        assertEquals(2L, ((Map<?, ?>) run.config().get("pretrain")).get("epochs"));
        assertEquals(-7, run.seed());
    }

    @Test
    void whatARequestNamesMustBeThere() {
        String hash = trainer.stock("shop", 100).hash();
        assertProblem(post("/pretrain", "{\"dataset\":\"nowhere\"}"), 404, "dataset", "has no snapshot");
        assertProblem(post("/pretrain", "{\"snapshot\":\"0000\"}"), 404, "snapshot", "no snapshot '0000'");
        assertProblem(post("/pretrain", Json.write(Map.of("snapshot", hash, "dataset", "other"))), 404, "snapshot",
                "of dataset 'other'");
        assertProblem(post("/pretrain", "{\"dataset\":\"shop\",\"recipe\":\"secret\"}"), 422, "no recipe 'secret'");
        assertProblem(post("/pretrain", "{\"dataset\":\"shop\",\"backbone\":\"secret\"}"), 422, "no backbone 'secret'");
        assertProblem(post("/pretrain", "{\"dataset\":\"shop\",\"epochs\":0}"), 400, "epochs", "whole number from 1");
        assertProblem(post("/pretrain", "{\"dataset\":\"shop\",\"seed\":\"x\"}"), 400, "seed", "whole number");
    }
}
