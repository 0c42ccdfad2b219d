package io.padrec.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints in any place for artifacts. */
abstract class CheckpointsContract {
    private static final String RUN = "pretrain-0123456789abcdef";

    @TempDir
    Path folder;

    /** The artifacts of the test as a machine sees them; each number is another machine. */
    abstract Artifacts machine(int number);

    @Test
    void aFirstAttemptBeginsWithNothing() throws IOException {
        try (CheckpointFolder first = checkpoints(1).open(RUN, 1)) {
            first.publish();
            assertEquals(Map.of(), seeds(first));
        }
    }

    @Test
    void anotherMachineGoesOnFromTheNewestOfEachPart() throws IOException {
        CheckpointFolder first = checkpoints(1).open(RUN, 1);
        train(first, "text", 1, 1, 11);
        train(first, "ids", 1, 4, 21);

        try (CheckpointFolder second = checkpoints(2).open(RUN, 2)) {
            assertEquals(Map.of("text/epoch-1", 11L, "ids/epoch-3", 23L, "ids/epoch-4", 24L), seeds(second));
        }
    }

    @Test
    void aCheckpointThatWasNotPublishedIsNotTaken() throws IOException {
        CheckpointFolder first = checkpoints(1).open(RUN, 1);
        train(first, "ids", 1, 1, 11);
        Examples.bundle(12).write(first.folder().resolve("ids/epoch-2"));

        try (CheckpointFolder second = checkpoints(2).open(RUN, 2)) {
            assertEquals(Map.of("ids/epoch-1", 11L), seeds(second));
        }
    }

    @Test
    void checkpointsThatTrainingDropsAreDroppedInTheStoreToo() {
        CheckpointFolder first = checkpoints(1).open(RUN, 1);
        train(first, "ids", 1, 5, 11);

        assertEquals(4, machine(2).files("checkpoints/" + RUN).size());
    }

    @Test
    void anOldWorkerThatWakesUpChangesNothingForTheOneThatTookOver() throws IOException {
        CheckpointFolder first = checkpoints(1).open(RUN, 1);
        train(first, "ids", 1, 3, 11);
        CheckpointFolder second = checkpoints(2).open(RUN, 2);
        train(second, "ids", 4, 4, 24);
        train(first, "ids", 4, 6, 14);

        assertEquals(Map.of("ids/epoch-3", 13L, "ids/epoch-4", 24L), seeds(second));
        try (CheckpointFolder third = checkpoints(3).open(RUN, 3)) {
            assertEquals(Map.of("ids/epoch-4", 24L), seeds(third));
        }
    }

    @Test
    void theCheckpointBeforeTheNewestIsTakenFromAnEarlierAttempt() throws IOException {
        CheckpointFolder first = checkpoints(1).open(RUN, 1);
        train(first, "ids", 1, 3, 11);
        train(checkpoints(2).open(RUN, 2), "ids", 4, 4, 24);

        try (CheckpointFolder third = checkpoints(3).open(RUN, 3)) {
            assertEquals(Map.of("ids/epoch-3", 13L, "ids/epoch-4", 24L), seeds(third));
        }
    }

    @Test
    void aFinishedRunLeavesNothing() throws IOException {
        CheckpointFolder first = checkpoints(1).open(RUN, 1);
        train(first, "ids", 1, 2, 11);
        try (CheckpointFolder second = checkpoints(2).open(RUN, 2)) {
            train(second, "ids", 3, 3, 23);
        }
        checkpoints(1).forget(RUN);
        checkpoints(2).forget(RUN);

        assertEquals(Set.of(), machine(1).files("checkpoints"));
        for (int machine = 1; machine <= 2; machine++) {
            assertFalse(Files.exists(cache(machine).resolve("checkpoints/" + RUN)));
        }
    }

    final Path cache(int machine) {
        return folder.resolve("cache-" + machine);
    }

    private Checkpoints checkpoints(int machine) {
        Checkpoints checkpoints = new Checkpoints();
        checkpoints.artifacts = machine(machine);
        checkpoints.cache = cache(machine);
        return checkpoints;
    }

    /** Writes and publishes epochs as training does: the two newest stay. The first has this seed, and each next one more. */
    private static void train(CheckpointFolder folder, String part, int from, int to, long seed) {
        for (int epoch = from; epoch <= to; epoch++) {
            Path ofPart = folder.folder().resolve(part);
            Examples.bundle(seed + epoch - from).write(ofPart.resolve("epoch-" + epoch));
            try {
                AtomicFiles.deleteAll(ofPart.resolve("epoch-" + (epoch - 2)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            folder.publish();
        }
    }

    /** The seeds of the checkpoints in a local folder, by part and epoch. */
    private static Map<String, Object> seeds(CheckpointFolder folder) throws IOException {
        Map<String, Object> seeds = new TreeMap<>();
        if (Files.exists(folder.folder())) {
            try (Stream<Path> files = Files.walk(folder.folder())) {
                files.filter(path -> path.endsWith("manifest.json")).map(Path::getParent).forEach(checkpoint -> seeds.put(
                        folder.folder().relativize(checkpoint).toString(), Bundle.read(checkpoint).manifest().get("seed")));
            }
        }
        return seeds;
    }
}
