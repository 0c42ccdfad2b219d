package io.padrec.finetune;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static io.padrec.serverless.testing.Http.post;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.core.Json;
import io.padrec.phases.testing.FunctionContract;
import io.padrec.store.EventTypes;
import io.padrec.store.Models;
import io.padrec.store.Run;
import io.padrec.store.testing.StoreTestResource;
import io.padrec.training.Recipe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class FinetuneFunctionTest extends FunctionContract {
    @Inject
    Models models;

    FinetuneFunctionTest() {
        super("finetune", EventTypes.ALIGN_COMPLETED);
    }

    @Override
    protected Map<String, Object> beginning(long seed) {
        Run pretrained = trainer.pretrained(trainer.stock("shop", 100), Recipe.best().withEpochs(1), seed);
        return Map.of("run", trainer.done("align", pretrained).id());
    }

    private Run done(long seed) throws InterruptedException {
        String id = post("/finetune", Json.write(beginning(seed))).statusCode(202).extract().path("run");
        return await(id, Run.State.SUCCEEDED);
    }

    @Test
    void modelsArePromotedAndRolledBackByHandAndEachIsToldOf() throws Exception {
        String one = model(done(seed()));
        String two = model(done(seed()));
        String served = models.promoted().orElseThrow().id();
        String other = served.equals(one) ? two : one;
        int before = told("model.promoted").size();
        get("/models").statusCode(200).body("models.id", hasItem(one)).body("models.id", hasItem(two))
                .body("models.find { it.promoted }.id", equalTo(served));

        post("/models/promote", Json.write(Map.of("model", other))).statusCode(200).body("model", equalTo(other))
                .body("previous", equalTo(served));
        assertEquals(other, models.promoted().orElseThrow().id());
        post("/models/promote", Json.write(Map.of("model", other))).statusCode(200);
        post("/models/rollback", "{}").statusCode(200).body("model", equalTo(served)).body("previous", equalTo(other));
        assertEquals(served, models.promoted().orElseThrow().id());
        assertEquals(before + 2, told("model.promoted").size());
        assertEquals(served, told("model.promoted").getLast().data().get("model"));
    }

    private static String model(Run finetuned) {
        return "shop-best-" + finetuned.id().substring("finetune-".length());
    }

    @Test
    void aModelThatIsNotThereIsNotPromoted() {
        assertProblem(post("/models/promote", "{\"model\":\"secret\"}"), 404, "model", "no model 'secret'");
        assertProblem(post("/models/promote", "{}"), 400, "model", "not given");
        assertProblem(post("/models/rollback", "{\"model\":\"x\"}"), 400, "model", "not known");
        assertProblem(get("/models?id=1"), 400, "id", "not known");
    }

    @Test
    void aRunEndsWithAModelAndSaysWhetherItIsServedAndWhy() throws Exception {
        Run done = done(seed());
        Map<String, Object> told = told("finetune.completed", done.id()).getFirst().data();
        assertEquals(model(done), told.get("model"));
        Map<?, ?> decision = (Map<?, ?>) done.metrics().get("promotion");
        assertEquals(decision.get("promoted"), told.get("promoted"));
        assertEquals(((Map<?, ?>) done.metrics().get("test")).get("ndcg@10"), decision.get("ndcg@10"));
    }
}
