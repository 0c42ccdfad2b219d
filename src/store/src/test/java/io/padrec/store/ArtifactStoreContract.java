package io.padrec.store;

import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import io.padrec.core.Histories;
import io.padrec.core.Snapshot;
import io.padrec.core.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every place for artifacts does. */
abstract class ArtifactStoreContract {
    @TempDir
    Path folder;

    Artifacts artifacts;

    /** The artifacts of the test as a machine sees them; each number is another machine. */
    abstract Artifacts machine(int number);

    /** Replaces the bytes of a file in the store, behind its back. */
    abstract void alter(String file, byte[] bytes) throws IOException;

    @BeforeEach
    void firstMachine() {
        artifacts = machine(1);
    }

    @Test
    void aFileIsReadBackOnAnotherMachine() {
        store("uploads/a.txt", "first");

        assertTrue(artifacts.exists("uploads/a.txt"));
        assertEquals("first", text(artifacts, "uploads/a.txt"));
        assertEquals("first", text(machine(2), "uploads/a.txt"));
        assertTrue(artifacts.place("uploads/a.txt").endsWith("uploads/a.txt"), artifacts.place("uploads/a.txt"));
    }

    @Test
    void aFileStoredAgainIsReplacedForEverybody() {
        store("uploads/a.txt", "first");
        assertEquals("first", text(machine(2), "uploads/a.txt"));
        store("uploads/a.txt", "second");

        assertEquals("second", text(artifacts, "uploads/a.txt"));
        assertEquals("second", text(machine(2), "uploads/a.txt"));
    }

    @Test
    void anEmptyFileIsAFile() {
        store("uploads/empty", "");

        assertEquals("", text(artifacts, "uploads/empty"));
    }

    @Test
    void aFileOfManyPartsIsReadBackAsItWas() throws IOException {
        byte[] bytes = new byte[(33 << 20) + 7];
        new Random(1).nextBytes(bytes);
        artifacts.store("uploads/big", path -> AtomicFiles.write(path, temporary -> Files.write(temporary, bytes)));

        assertArrayEquals(bytes, machine(2).read("uploads/big", ArtifactStoreContract::bytes));
    }

    @Test
    void aBundleIsReadBackOnAnotherMachine() {
        artifacts.store("bundles/run", Examples.bundle(1)::write);

        assertTrue(artifacts.exists("bundles/run"));
        assertSeed(1, machine(2));
    }

    @Test
    void theSameBundleAgainIsKeptAndAnotherRefused() {
        artifacts.store("bundles/run", Examples.bundle(1)::write);
        artifacts.store("bundles/run", Examples.bundle(1)::write);

        assertOneLine(() -> artifacts.store("bundles/run", Examples.bundle(2)::write), "already", "bundles/run");
        assertSeed(1, machine(2));
    }

    @Test
    void aBundleThatWasDeletedAndWrittenAnewIsTheNewOneForEverybody() {
        artifacts.store("bundles/run", Examples.bundle(1)::write);
        assertSeed(1, machine(2));
        artifacts.delete("bundles/run");
        assertFalse(machine(2).exists("bundles/run"));
        artifacts.store("bundles/run", Examples.bundle(2)::write);

        assertSeed(2, machine(2));
    }

    @Test
    void anAlteredBundleIsRefusedUntilItIsWrittenAgain() throws IOException {
        artifacts.store("bundles/run", Examples.bundle(1)::write);
        alter("bundles/run/model.safetensors", new byte[100]);

        for (int machine = 1; machine <= 2; machine++) {
            Artifacts reader = machine(machine);
            assertOneLine(() -> reader.read("bundles/run", Bundle::read), "is damaged");
        }
        artifacts.store("bundles/run", Examples.bundle(1)::write);
        assertSeed(1, machine(2));
    }

    @Test
    void whatIsNamedByItsContentIsReadByThatName() {
        Snapshot snapshot = new Snapshot(Examples.catalogue(Examples.ITEMS),
                new Histories(List.of("ann"), new int[] {0, 2}, new int[] {1, 3}), Examples.matrix(Examples.ITEMS),
                Examples.WIDTH);
        String hash = artifacts.add("snapshots", snapshot::write);

        Snapshot read = machine(2).read("snapshots/" + hash + ".snapshot", file -> Snapshot.read(file.getParent(), hash));
        assertArrayEquals(snapshot.text(), read.text());
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() {
        store("bundles/run-10", "a neighbour");

        assertFalse(artifacts.exists("bundles/run-1"));
        assertFalse(artifacts.exists("nothing/at/all"));
        assertOneLine(() -> text(artifacts, "bundles/run-1"), "no artifact", "bundles/run-1");
        artifacts.delete("bundles/run-1");
        assertEquals("a neighbour", text(artifacts, "bundles/run-10"));
    }

    @Test
    void aWriteThatFailsLeavesNothing() {
        assertThrows(IllegalStateException.class, () -> artifacts.store("bundles/run", path -> AtomicFiles.write(path,
                temporary -> {
                    Files.createDirectories(temporary);
                    Files.writeString(temporary.resolve("manifest.json"), "{}");
                    throw new IllegalStateException("for the test");
                })));

        assertFalse(artifacts.exists("bundles/run"));
        assertEquals(Set.of(), artifacts.files("bundles"));
    }

    @Test
    void filesAreListedAndDeletedByTheirFolder() {
        store("a/b/one", "1");
        store("a/b/deep/two", "2");
        store("a/bc", "3");

        assertEquals(Set.of("a/b/one", "a/b/deep/two"), artifacts.files("a/b"));
        assertEquals(Set.of("a/b/one", "a/b/deep/two", "a/bc"), artifacts.files("a"));
        assertEquals(Set.of(), artifacts.files("nothing"));
        artifacts.delete("a/b");
        assertEquals(Set.of("a/bc"), artifacts.files("a"));
        assertFalse(artifacts.exists("a/b/one"));
    }

    @Test
    void aNameLeadsNowhereElse() {
        for (String name : List.of("", "/etc/passwd", "..", "a/../../b", "a//b", "a/", ".hidden/a", "a/.tmp", "a\\b", "a\0b")) {
            assertOneLine(() -> artifacts.exists(name), "not the path of an artifact");
        }
        assertOneLine(() -> store("alone", "text"), "'alone'", "no folder");
    }

    @Test
    void writersOfTheSameBundleAtTheSameTimeAgree() throws Exception {
        inParallel(IntStream.range(0, 8).<Callable<Void>>mapToObj(i -> () -> {
            machine(i % 3).store("bundles/run", Examples.bundle(1)::write);
            return null;
        }).toList());

        assertSeed(1, artifacts);
    }

    @Test
    void readersAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        artifacts.store("bundles/run", Examples.bundle(1)::write);
        Artifacts reader = machine(2);
        inParallel(IntStream.range(0, 24).<Callable<Void>>mapToObj(i -> () -> {
            assertSeed(1, i % 2 == 0 ? reader : machine(2));
            return null;
        }).toList());
    }

    private static void inParallel(List<Callable<Void>> tasks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }

    final void store(String name, String text) {
        artifacts.store(name, path -> AtomicFiles.writeString(path, text));
    }

    static String text(Artifacts artifacts, String name) {
        return artifacts.read(name, path -> new String(bytes(path), StandardCharsets.UTF_8));
    }

    static void assertSeed(long seed, Artifacts machine) {
        Bundle bundle = machine.read("bundles/run", Bundle::read);
        assertEquals(seed, bundle.manifest().get("seed"));
        assertEquals(seed, ((Tensor.Floats) bundle.tensors().get("weights")).data()[0]);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
