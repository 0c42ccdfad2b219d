package io.padrec.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.serverless.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingTest {
    private final Serving serving = new Serving();

    private void assertUnavailable(String reason) {
        Problem problem = assertThrows(Problem.class, () -> serving.use("ada"));
        assertEquals(503, problem.status());
        assertTrue(problem.getMessage().contains(reason), problem.getMessage());
    }

    @Test
    void saysWhyThereIsNoModel() {
        assertUnavailable("no model is promoted yet");
        serving.storeDown(true);
        assertUnavailable("the database");
        serving.storeDown(false);
        serving.refuse("spring");
        assertUnavailable("'spring' cannot be loaded");
        serving.refuse(null);
        assertUnavailable("no model is promoted yet");
    }

    @Test
    void aRefusedModelLeavesTheOneBefore() {
        ServedModel first = new ServedModel("first", Shop.DATASET, Shop.ranker(1));
        serving.serve(new Serving.Lineup(first, Map.of()));
        serving.refuse("second");
        serving.storeDown(true);
        assertSame(first, serving.use("ada").model());
    }

    @Test
    void aModelThatIsReplacedLivesUntilItsLastRequestIsOver() {
        ServedModel first = new ServedModel("first", Shop.DATASET, Shop.ranker(1));
        serving.serve(new Serving.Lineup(first, Map.of()));
        Use use = serving.use("ada");
        serving.serve(new Serving.Lineup(new ServedModel("second", Shop.DATASET, Shop.ranker(2)), Map.of()));
        first.release();
        assertEquals(10, use.model().ranker().recommend(new int[] {1}, 10).size());
        assertEquals("second", serving.use("ada").model().id());
        use.close();
        assertFalse(first.retain());
        assertThrows(IllegalStateException.class, () -> first.ranker().recommend(new int[] {1}, 10));
    }

    @Test
    void aVariantWithoutItsModelIsAnsweredByThePromotedOne() {
        ServedModel first = new ServedModel("first", Shop.DATASET, Shop.ranker(1));
        serving.serve(new Serving.Lineup(first, Map.of()));
        serving.divide(Split.of(List.of("b=candidate:1")));
        assertEquals("promoted", serving.use("ada").variant());
        ServedModel candidate = new ServedModel("candidate", Shop.DATASET, Shop.ranker(2));
        serving.serve(new Serving.Lineup(first, Map.of("candidate", candidate)));
        assertSame(candidate, serving.use("ada").model());
        assertEquals("b", serving.use("ada").variant());
        assertSame(candidate, serving.use("candidate", "pinned").orElseThrow().model());
        assertTrue(serving.use("other", "pinned").isEmpty());
    }
}
