package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import io.padrec.core.Histories;
import io.padrec.core.LeaveOneOut;
import io.padrec.core.Snapshot;
import io.padrec.core.Split;
import io.padrec.core.Split.Stage;
import io.padrec.core.Temporal;
import io.padrec.training.testing.TinySnapshot;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No model may know what it is asked for: what was held out is exchanged, and the trained model stays the same to the byte. */
class LeakTest {
    private static final Settings SETTINGS = new Settings("cpu", 2);
    private static final Progress SILENT = step -> {
    };

    @TempDir
    Path folder;

    /**
     * Validation stops a phase early and, with {@code best}, fits the gates: its items may steer. What follows them may not,
     * neither the test item nor the rest of the history.
     */
    @ParameterizedTest
    @CsvSource({"best, false", "best, true", "paper, false", "paper, true"})
    void whatFollowsTheValidationItemsChangesNothingOfTheWholeModel(String recipe, boolean temporal) {
        Snapshot snapshot = snapshot(temporal);
        Split split = snapshot.split();
        Snapshot other = exchanged(snapshot, user -> split.isEvaluated(user, Stage.VALIDATION)
                ? split.contextLength(user, Stage.VALIDATION) + 1 : split.trainLength(user));
        assertTargetsDiffer(split, other.split(), Stage.TEST);
        Recipe small = TinySnapshot.small(recipe, 3);
        List<Bundle> one = train(snapshot, small, 3, "a");
        List<Bundle> two = train(other, small, 3, "b");
        for (int phase = 0; phase < one.size(); phase++) {
            assertSameTensors(one.get(phase), two.get(phase));
            assertEquals(one.get(phase).manifest(), two.get(phase).manifest());
        }
    }

    /** One epoch leaves validation nothing to choose but the gates of {@code best}, which are fitted in phase 3. */
    @ParameterizedTest
    @CsvSource({"best, false, 2", "best, true, 2", "paper, false, 3", "paper, true, 3"})
    void whatFollowsTheTrainingItemsChangesNothingThatValidationDoesNotChoose(String recipe, boolean temporal, int phases) {
        Snapshot snapshot = snapshot(temporal);
        Snapshot other = exchanged(snapshot, snapshot.split()::trainLength);
        assertTargetsDiffer(snapshot.split(), other.split(), Stage.VALIDATION);
        Recipe small = TinySnapshot.small(recipe, 1);
        List<Bundle> one = train(snapshot, small, phases, "a");
        List<Bundle> two = train(other, small, phases, "b");
        for (int phase = 0; phase < phases; phase++) {
            assertSameTensors(one.get(phase), two.get(phase));
        }
    }

    private static Snapshot snapshot(boolean temporal) {
        return temporal ? TinySnapshot.timed(200, 5) : TinySnapshot.of(200, 5);
    }

    /** The snapshot with other items from a user's position on. */
    private static Snapshot exchanged(Snapshot snapshot, IntUnaryOperator from) {
        Histories histories = snapshot.histories();
        int[] items = histories.items().clone();
        SplittableRandom random = new SplittableRandom(9);
        for (int u = 0; u < histories.users(); u++) {
            for (int i = from.applyAsInt(u); i < histories.length(u); i++) {
                int at = histories.offsets()[u] + i;
                // Any item but the one that was there.
                items[at] = 1 + (items[at] - 1 + 1 + random.nextInt(snapshot.items() - 1)) % snapshot.items();
            }
        }
        Histories other = new Histories(histories.userIds(), histories.offsets(), items, histories.times());
        Split split = snapshot.split() instanceof Temporal temporal
                ? new Temporal(other, temporal.validationFrom(), temporal.testFrom()) : new LeaveOneOut(other);
        return new Snapshot(snapshot.catalogue(), split, snapshot.text(), snapshot.textWidth());
    }

    private static void assertTargetsDiffer(Split one, Split two, Stage stage) {
        int[] users = one.evaluatedUsers(stage);
        assertTrue(users.length > 20, () -> "users: " + users.length);
        assertArrayEquals(users, two.evaluatedUsers(stage));
        assertFalse(Arrays.stream(users).anyMatch(user -> one.target(user, stage) == two.target(user, stage)));
    }

    private List<Bundle> train(Snapshot snapshot, Recipe recipe, int phases, String checkpoints) {
        try (Training training = Training.open(snapshot, "f00d", recipe, 1, SETTINGS, folder.resolve(checkpoints))) {
            Bundle pretrained = training.pretrain(SILENT);
            Bundle aligned = training.align(pretrained, SILENT);
            return phases < 3 ? List.of(pretrained, aligned)
                    : List.of(pretrained, aligned, training.finetune(pretrained, aligned, SILENT));
        }
    }

    private static void assertSameTensors(Bundle one, Bundle two) {
        assertEquals(one.tensors().keySet(), two.tensors().keySet());
        one.tensors().forEach((name, tensor) -> assertArrayEquals(tensor.bytes(), two.tensors().get(name).bytes(), name));
    }
}
