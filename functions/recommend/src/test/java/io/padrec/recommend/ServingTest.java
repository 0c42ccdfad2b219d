package io.padrec.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.serverless.Problem;
import org.junit.jupiter.api.Test;

class ServingTest {
    private final Serving serving = new Serving();

    private void assertUnavailable(String reason) {
        Problem problem = assertThrows(Problem.class, serving::model);
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
    }

    @Test
    void aRefusedModelLeavesTheOneBefore() {
        ServedModel first = new ServedModel("first", Shop.DATASET, Shop.ranker(1));
        serving.serve(first);
        serving.refuse("second");
        serving.storeDown(true);
        assertSame(first, serving.model());
    }
}
