package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Split.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TemporalTest {
    private static final int EARLY = 0;
    private static final int LATE = 1;
    private static final int THROUGHOUT = 2;
    private static final int SKIPPING = 3;
    private static final int RETURNING = 4;
    private static final int NOBODY = 5;
    private static final int TIED = 6;

    /** Validation begins at 100, the test at 200. */
    private final Temporal split = new Temporal(histories(new long[][] {{1, 2, 99}, {200, 201, 300}, {50, 100, 150, 199, 200, 250},
            {10, 20, 200}, {130, 140, 220}, {}, {99, 100, 100, 200, 200}}), 100, 200);

    /** Every user takes item 1, then 2, and so on. */
    private static Histories histories(long[][] times) {
        List<String> users = new ArrayList<>();
        int[] offsets = new int[times.length + 1];
        List<Integer> items = new ArrayList<>();
        for (int u = 0; u < times.length; u++) {
            users.add("u" + u);
            offsets[u + 1] = offsets[u] + times[u].length;
            for (int i = 1; i <= times[u].length; i++) {
                items.add(i);
            }
        }
        return new Histories(users, offsets, items.stream().mapToInt(i -> i).toArray(),
                java.util.Arrays.stream(times).flatMapToLong(LongStream::of).toArray());
    }

    @Test
    void whatIsBeforeTheFirstCutTrains() {
        assertEquals(3, split.trainLength(EARLY));
        assertEquals(0, split.trainLength(LATE));
        assertEquals(1, split.trainLength(THROUGHOUT));
        assertEquals(2, split.trainLength(SKIPPING));
        assertEquals(0, split.trainLength(RETURNING));
        assertEquals(0, split.trainLength(NOBODY));
        assertEquals(1, split.trainLength(TIED));
        // early: 1 2 3; throughout: 1; skipping: 1 2; tied: 1
        assertArrayEquals(new int[] {0, 4, 2, 1, 0, 0, 0}, split.trainFrequencies(6));
    }

    @Test
    void theNextItemAfterTheFirstCutAndBeforeTheSecondValidates() {
        // Those who came later have no context, the skipping user has no item in between, the early user none after.
        assertArrayEquals(new int[] {THROUGHOUT, TIED}, split.evaluatedUsers(Stage.VALIDATION));
        assertEquals(1, split.contextLength(THROUGHOUT, Stage.VALIDATION));
        assertEquals(2, split.target(THROUGHOUT, Stage.VALIDATION));
    }

    @Test
    void theNextItemAfterTheSecondCutTestsWithAllThatIsBeforeIt() {
        assertArrayEquals(new int[] {THROUGHOUT, SKIPPING, RETURNING, TIED}, split.evaluatedUsers(Stage.TEST));
        assertEquals(4, split.contextLength(THROUGHOUT, Stage.TEST));
        assertEquals(5, split.target(THROUGHOUT, Stage.TEST));
        assertEquals(3, split.target(SKIPPING, Stage.TEST));
        // Nothing of this user trains, but there is a context.
        assertEquals(2, split.contextLength(RETURNING, Stage.TEST));
        assertEquals(3, split.target(RETURNING, Stage.TEST));
    }

    @Test
    void ofItemsOfOneTimeTheFirstIsTheTargetAndTheVeryTimeOfACutIsAfterIt() {
        assertEquals(1, split.contextLength(TIED, Stage.VALIDATION));
        assertEquals(2, split.target(TIED, Stage.VALIDATION));
        assertEquals(3, split.contextLength(TIED, Stage.TEST));
        assertEquals(4, split.target(TIED, Stage.TEST));
    }

    @Test
    void usersAreEvaluatedAtOneStageOrTheOtherOrNone() {
        assertFalse(split.isEvaluated(EARLY, Stage.VALIDATION));
        assertFalse(split.isEvaluated(EARLY, Stage.TEST));
        assertFalse(split.isEvaluated(LATE, Stage.TEST));
        assertFalse(split.isEvaluated(NOBODY, Stage.TEST));
        assertTrue(split.isEvaluated(RETURNING, Stage.TEST));
        assertFalse(split.isEvaluated(RETURNING, Stage.VALIDATION));
    }

    @Test
    void theCutsAreTheEightiethAndTheNinetiethPerCentOfAllInteractions() {
        Temporal of = Temporal.of(histories(new long[][] {{10, 30, 50, 70, 90}, {20, 40, 60, 80, 100}}));
        assertEquals(90, of.validationFrom());
        assertEquals(100, of.testFrom());
        assertArrayEquals(new int[] {4, 4}, new int[] {of.trainLength(0), of.trainLength(1)});
        assertEquals(5, of.target(0, Stage.VALIDATION));
        assertEquals(5, of.target(1, Stage.TEST));
    }

    @Test
    void whereAllHappenedAtOnceNothingTrainsAndNobodyIsEvaluated() {
        Temporal of = Temporal.of(histories(new long[][] {{7, 7, 7}, {7, 7}}));
        assertEquals(0, of.trainLength(0));
        assertEquals(0, of.evaluatedUsers(Stage.VALIDATION).length + of.evaluatedUsers(Stage.TEST).length);
    }

    @Test
    void withoutTimesThereIsNoTemporalSplit() {
        Histories untimed = new Histories.Builder().add("a", 1, 2, 3).build();
        var refused = assertThrows(PadrecException.class, () -> Temporal.of(untimed));
        assertTrue(refused.getMessage().startsWith("not every interaction has a time"), refused::getMessage);
        assertThrows(IllegalArgumentException.class, () -> new Temporal(split.histories(), 200, 100));
        assertThrows(IllegalArgumentException.class, () -> histories(new long[][] {{2, 1}}));
    }
}
