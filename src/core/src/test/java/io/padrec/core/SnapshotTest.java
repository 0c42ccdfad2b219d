package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    @TempDir
    Path folder;

    private static Snapshot snapshot(float lastNumber) {
        return new Snapshot(
                new Catalogue(List.of("a", "b", "c"), List.of("Tea", "", "Grüner Tee")),
                new Histories.Builder().add("u", 1, 2, 3).add("v").add("w", 3).build(),
                new float[] {0, 0, 1, 2, 3, 4, 5, lastNumber}, 2);
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        String hash = snapshot(6).write(folder);
        Snapshot read = Snapshot.read(folder, hash);
        assertEquals(List.of("a", "b", "c"), read.catalogue().ids());
        assertEquals(List.of("Tea", "", "Grüner Tee"), read.catalogue().titles());
        assertEquals(List.of("u", "v", "w"), read.histories().userIds());
        assertArrayEquals(new int[] {0, 3, 3, 4}, read.histories().offsets());
        assertArrayEquals(new int[] {1, 2, 3, 3}, read.histories().items());
        assertArrayEquals(snapshot(6).text(), read.text());
        assertEquals(2, read.textWidth());
        assertEquals(3, read.items());
        assertArrayEquals(new int[] {0, 1, 0, 1}, read.split().trainFrequencies(3));
        assertEquals(Snapshot.BINS, read.bins().count());
    }

    @Test
    void aTemporalSplitIsPartOfTheSnapshot() {
        Histories histories = new Histories(List.of("u", "v"), new int[] {0, 3, 4}, new int[] {1, 2, 3, 3},
                new long[] {10, 20, 1_573_808_122_000L, 15});
        Catalogue catalogue = snapshot(6).catalogue();
        String hash = new Snapshot(catalogue, new Temporal(histories, 15, 30), snapshot(6).text(), 2).write(folder);
        Snapshot read = Snapshot.read(folder, hash);
        assertTrue(read.split() instanceof Temporal temporal && temporal.validationFrom() == 15 && temporal.testFrom() == 30);
        assertArrayEquals(histories.times(), read.histories().times());
        assertArrayEquals(new int[] {0, 1, 0, 0}, read.split().trainFrequencies(3));
        String other = new Snapshot(catalogue, new Temporal(histories, 15, 31), snapshot(6).text(), 2).write(folder);
        assertNotEquals(hash, other);
    }

    @Test
    void timesChangeNothingWhereTheyDoNotSplit() {
        Histories timed = new Histories(List.of("u", "v", "w"), new int[] {0, 3, 3, 4}, new int[] {1, 2, 3, 3},
                new long[] {1, 2, 3, 4});
        String hash = new Snapshot(snapshot(6).catalogue(), timed, snapshot(6).text(), 2).write(folder);
        assertEquals(snapshot(6).write(folder), hash);
        // The name that this content had before there were temporal splits.
        assertEquals("10fa38b17df29b8e643e24aaea865769613b1d174b35d506ef9a32ef52f9c76e", hash);
    }

    @Test
    void theNameIsTheContents() throws IOException {
        String hash = snapshot(6).write(folder);
        assertEquals(hash, snapshot(6).write(folder));
        assertNotEquals(hash, snapshot(7).write(folder));
        assertEquals(hash, AtomicFiles.sha256(Snapshot.file(folder, hash)));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void snapshotsCutAtTheSameTimeKeepTheirOwnNames() {
        Set<String> hashes = new TreeSet<>(IntStream.range(0, 40).parallel()
                .mapToObj(i -> snapshot(i % 4).write(folder)).toList());
        assertEquals(4, hashes.size());
        hashes.forEach(hash -> assertEquals(3, Snapshot.read(folder, hash).items()));
    }

    @Test
    void anAlteredOrTruncatedSnapshotIsRefused() throws IOException {
        String hash = snapshot(6).write(folder);
        Path file = Snapshot.file(folder, hash);
        byte[] whole = Files.readAllBytes(file);
        byte[] altered = whole.clone();
        altered[whole.length - 1] ^= 1;
        Files.write(file, altered);
        var refused = assertThrows(PadrecException.class, () -> Snapshot.read(folder, hash));
        assertTrue(refused.getMessage().contains("altered"), refused.getMessage());
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThrows(PadrecException.class, () -> Snapshot.read(folder, hash));
    }

    @Test
    void aMissingSnapshotIsRefusedByName() {
        var refused = assertThrows(PadrecException.class, () -> Snapshot.read(folder, "abc"));
        assertTrue(refused.getMessage().contains("abc.snapshot"), refused.getMessage());
    }

    @Test
    void textVectorsMustFitTheItems() {
        Catalogue catalogue = new Catalogue(List.of("a"), List.of(""));
        Histories histories = new Histories.Builder().build();
        assertThrows(IllegalArgumentException.class, () -> new Snapshot(catalogue, histories, new float[3], 2));
    }
}
