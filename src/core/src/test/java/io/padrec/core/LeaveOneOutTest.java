package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Split.Stage;
import org.junit.jupiter.api.Test;

class LeaveOneOutTest {
    private final LeaveOneOut split = new LeaveOneOut(new Histories.Builder()
            .add("none")
            .add("one", 1)
            .add("two", 1, 2)
            .add("three", 3, 2, 1)
            .add("five", 5, 4, 3, 2, 1)
            .build());

    @Test
    void theLastItemTestsAndTheOneBeforeValidates() {
        assertEquals(1, split.target(4, Stage.TEST));
        assertEquals(4, split.contextLength(4, Stage.TEST));
        assertEquals(2, split.target(4, Stage.VALIDATION));
        assertEquals(3, split.contextLength(4, Stage.VALIDATION));
        assertEquals(3, split.trainLength(4));
    }

    @Test
    void aUserWithThreeItemsTrainsWithOne() {
        assertTrue(split.isEvaluated(3, Stage.VALIDATION));
        assertTrue(split.isEvaluated(3, Stage.TEST));
        assertEquals(1, split.trainLength(3));
        assertEquals(2, split.target(3, Stage.VALIDATION));
        assertEquals(1, split.target(3, Stage.TEST));
    }

    @Test
    void aUserWithFewerThanThreeItemsOnlyTrains() {
        for (int user = 0; user < 3; user++) {
            assertFalse(split.isEvaluated(user, Stage.VALIDATION));
            assertFalse(split.isEvaluated(user, Stage.TEST));
            assertEquals(user, split.trainLength(user));
        }
        assertArrayEquals(new int[] {3, 4}, split.evaluatedUsers(Stage.VALIDATION));
        assertArrayEquals(new int[] {3, 4}, split.evaluatedUsers(Stage.TEST));
    }

    @Test
    void heldOutItemsAreNotCountedInTraining() {
        // one: 1; two: 1 2; three: 3; five: 5 4 3
        assertArrayEquals(new int[] {0, 2, 1, 2, 1, 1, 0}, split.trainFrequencies(6));
    }
}
