package io.padrec.store;

import static io.padrec.store.Examples.ENCODER;
import static io.padrec.store.Examples.HISTORIES;
import static io.padrec.store.Examples.ITEMS;
import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Snapshot;
import io.padrec.core.Split;
import io.padrec.core.Temporal;
import io.padrec.core.UserHistory;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class SnapshotsTest {
    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    Artifacts artifacts;

    @Test
    void aSnapshotIsReadBackAsItWasCut() {
        String hash = snapshot("read back");
        Snapshot snapshot = snapshots.read(hash);

        assertEquals(List.of("b", "a", "c"), snapshot.catalogue().ids());
        assertEquals(List.of("Beans", "Apples", ""), snapshot.catalogue().titles());
        assertEquals(List.of("zoe", "ann", "new"), snapshot.histories().userIds());
        assertArrayEquals(new int[] {2, 1, 2, 3}, snapshot.histories().items());
        assertEquals(Examples.WIDTH, snapshot.textWidth());
        assertArrayEquals(Examples.matrix(ITEMS), snapshot.text());
    }

    @Test
    void theSameContentIsTheSameSnapshot() {
        snapshot("same content");
        SnapshotRecord first = snapshots.cut("same content", ENCODER);

        assertEquals(new SnapshotRecord(first.hash(), "same content", ENCODER, Split.Kind.LEAVE_ONE_OUT, 3, 3, 4), first);
        assertEquals(first, snapshots.cut("same content", ENCODER));
        assertEquals(1, snapshots.list().stream().filter(s -> s.dataset().equals("same content")).count());
    }

    @Test
    void equalContentOfAnotherDatasetIsItsOwnRecord() {
        assertEquals(snapshot("twin 1"), snapshot("twin 2"));
        SnapshotRecord second = snapshots.cut("twin 2", ENCODER);
        assertEquals("twin 2", second.dataset());
        assertEquals(second, snapshots.find(second.hash(), "twin 2").orElseThrow());
        assertTrue(snapshots.find(second.hash(), "twin 3").isEmpty());
    }

    @Test
    void anOldSnapshotOutlivesTheContentItWasCutFrom() {
        String old = snapshot("outlived");
        datasets.save("outlived", "made up", ITEMS, HISTORIES.subList(0, 1));

        assertNotEquals(old, snapshots.cut("outlived", ENCODER).hash());
        assertEquals(3, snapshots.read(old).histories().users());
    }

    @Test
    void anAlteredSnapshotIsRefusedAndCutAgain() throws IOException {
        datasets.save("altered", "made up", ITEMS.subList(0, 2), HISTORIES.subList(0, 1));
        embeddings.addSegment("altered", ENCODER, ITEMS, Examples.encode(ITEMS));
        String hash = snapshots.cut("altered", ENCODER).hash();
        Path file = artifacts.read("snapshots/" + hash + ".snapshot", path -> path);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertOneLine(() -> snapshots.read(hash), file.toString(), "altered");
        assertEquals(hash, snapshots.cut("altered", ENCODER).hash());
        assertEquals(2, snapshots.read(hash).items());
    }

    @Test
    void aTemporalSplitIsASnapshotOfItsOwn() {
        datasets.save("temporal", "made up", ITEMS, List.of(
                new UserHistory("zoe", List.of("a", "b", "a"), new long[] {1, 2, 9}), new UserHistory("ann", List.of("c", "a"),
                        new long[] {3, 8})));
        embeddings.addSegment("temporal", ENCODER, ITEMS, Examples.encode(ITEMS));
        String temporal = snapshots.cut("temporal", ENCODER, Split.Kind.TEMPORAL).hash();
        assertEquals(Split.Kind.TEMPORAL, snapshots.find(temporal, "temporal").orElseThrow().split());

        assertEquals(temporal, snapshots.cut("temporal", ENCODER, Split.Kind.TEMPORAL).hash());
        assertNotEquals(temporal, snapshots.cut("temporal", ENCODER).hash());
        Split split = snapshots.read(temporal).split();
        assertEquals(new Temporal(split.histories(), 9, 9), split);
        assertArrayEquals(new int[] {2, 2}, new int[] {split.trainLength(0), split.trainLength(1)});
        assertArrayEquals(new int[] {0}, split.evaluatedUsers(Split.Stage.TEST));
    }

    @Test
    void aTemporalSplitTakesTimes() {
        snapshot("untimed");
        assertOneLine(() -> snapshots.cut("untimed", ENCODER, Split.Kind.TEMPORAL), "not every interaction has a time",
                "leave-one-out");
    }

    @Test
    void whatWasNeverCutIsNotRead() {
        assertOneLine(() -> snapshots.read("0000"), "no snapshot '0000'");
        assertOneLine(() -> snapshots.read("../embeddings/x"), "no snapshot");
        assertOneLine(() -> snapshots.cut("nowhere", ENCODER), "no dataset 'nowhere'");
    }

    @Test
    void cutsAtTheSameTimeAgree() throws Exception {
        snapshot("concurrent");
        List<Callable<String>> cuts = IntStream.range(0, 6)
                .<Callable<String>>mapToObj(i -> () -> snapshots.cut("concurrent", ENCODER).hash()).toList();
        Set<String> hashes = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (Future<String> hash : threads.invokeAll(cuts)) {
                hashes.add(hash.get());
            }
        }
        assertEquals(1, hashes.size());
    }

    @Test
    void aCutNeverMixesOldAndNewContent() throws Exception {
        snapshot("moving");
        String whole = snapshots.cut("moving", ENCODER).hash();
        datasets.save("moving", "made up", ITEMS.subList(0, 2), HISTORIES.subList(0, 1));
        String part = snapshots.cut("moving", ENCODER).hash();
        try (var threads = Executors.newFixedThreadPool(2)) {
            Future<?> writer = threads.submit(() -> IntStream.range(0, 40).forEach(i -> datasets.save("moving", "made up",
                    i % 2 == 0 ? ITEMS : ITEMS.subList(0, 2), i % 2 == 0 ? HISTORIES : HISTORIES.subList(0, 1))));
            while (!writer.isDone()) {
                assertTrue(Set.of(whole, part).contains(snapshots.cut("moving", ENCODER).hash()));
            }
            writer.get();
        }
    }

    private String snapshot(String dataset) {
        return Examples.snapshot(dataset, datasets, embeddings, snapshots);
    }
}
