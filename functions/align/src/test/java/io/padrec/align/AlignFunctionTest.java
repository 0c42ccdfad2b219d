package io.padrec.align;

import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.post;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Json;
import io.padrec.phases.testing.FunctionContract;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.Run;
import io.padrec.store.testing.StoreTestResource;
import io.padrec.training.Recipe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class AlignFunctionTest extends FunctionContract {
    AlignFunctionTest() {
        super("align", EventTypes.PRETRAIN_COMPLETED);
    }

    @Override
    protected Map<String, Object> beginning(long seed) {
        return Map.of("run", pretrained(seed).id());
    }

    private Run pretrained(long seed) {
        return trainer.pretrained(trainer.stock("shop", 100), Recipe.best().withEpochs(1), seed);
    }

    @Test
    void aRunStartsFromOneOfThePhaseBeforeThatSucceeded() throws Exception {
        Run pretrained = pretrained(seed());
        String aligned = post("/align", Json.write(Map.of("run", pretrained.id()))).statusCode(202).extract().path("run");
        assertEquals(pretrained.id(), runs.find(aligned).orElseThrow().parent());
        assertEquals(pretrained.config(), runs.find(aligned).orElseThrow().config());
        await(aligned, Run.State.SUCCEEDED);

        assertProblem(post("/align", "{\"run\":\"no-run\"}"), 404, "run", "no run 'no-run'");
        assertProblem(post("/align", Json.write(Map.of("run", aligned))), 422, "is of phase align");
        Run waiting = runs.begin("pretrain", "shop", pretrained.snapshot(), pretrained.config(), seed(), null, null);
        assertProblem(post("/align", Json.write(Map.of("run", waiting.id()))), 422, "is QUEUED");
    }

    @Test
    void aRunThatFailsThreeTimesIsParkedWithItsErrorAndBegunAgainByHand() throws Exception {
        long seed = seed();
        Run pretrained = pretrained(seed);
        trainer.lose(pretrained);
        String id = post("/align", Json.write(Map.of("run", pretrained.id()))).statusCode(202).extract().path("run");
        Run parked = await(id, Run.State.FAILED);

        assertEquals(3, parked.failures());
        assertTrue(parked.error().contains(pretrained.id()), parked::error);
        List<Event> failed = told("align.failed", id);
        assertEquals(1, failed.size());
        assertEquals(parked.error(), failed.getFirst().data().get("error"));
        assertEquals("shop", failed.getFirst().data().get("dataset"));
        // What was lost is made again; the event that comes again changes nothing, a request does.
        pretrained(seed);
        deliver("late", EventTypes.ALIGN_REQUESTED, Map.of("run", id), 204);
        assertEquals(Run.State.FAILED, runs.find(id).orElseThrow().state());
        post("/runs/retry", Json.write(Map.of("run", id))).statusCode(202).body("run", equalTo(id))
                .body("state", equalTo("QUEUED"));
        Run done = await(id, Run.State.SUCCEEDED);
        assertEquals(4, done.attempt());
        assertEquals(2, told("align.requested", id).size());
    }
}
