package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileIsWrittenWithItsFoldersAndReplaced() throws IOException {
        Path file = folder.resolve("a/b/file");
        AtomicFiles.writeString(file, "one");
        AtomicFiles.writeString(file, "two");
        assertEquals("two", Files.readString(file));
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("file");
        AtomicFiles.writeString(file, "old");
        var refused = assertThrows(PadrecException.class, () -> AtomicFiles.write(file, temporary -> {
            Files.writeString(temporary, "half");
            throw new IOException("No space left on device");
        }));
        assertTrue(refused.getMessage().contains("No space left on device"), refused.getMessage());
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        assertThrows(PadrecException.class, () -> AtomicFiles.write(file, temporary -> {
            Files.writeString(temporary, "half");
            throw new UncheckedIOException(new IOException("gone"));
        }));
        assertThrows(IllegalStateException.class, () -> AtomicFiles.write(file, temporary -> {
            Files.writeString(temporary, "half");
            throw new IllegalStateException();
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("file"), names());
    }

    @Test
    void aFailedFolderLeavesNothing() throws IOException {
        assertThrows(OutOfMemoryError.class, () -> AtomicFiles.write(folder.resolve("new"), temporary -> {
            Files.createDirectories(temporary.resolve("deep"));
            Files.writeString(temporary.resolve("deep/file"), "half");
            throw new OutOfMemoryError("for the test");
        }));
        assertEquals(List.of(), names());
    }

    @Test
    void aFullDiskIsSaidInOneLine() {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            return;
        }
        var refused = assertThrows(PadrecException.class, () -> AtomicFiles.write(folder.resolve("file"), temporary -> {
            try (var out = Files.newOutputStream(full)) {
                out.write(new byte[1 << 16]);
            }
        }));
        assertTrue(refused.getMessage().contains("No space left"), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"));
    }

    @Test
    void aPlaceThatIsAFolderIsNotOverwrittenByAFile() throws IOException {
        Files.createDirectories(folder.resolve("place/inside"));
        assertThrows(PadrecException.class, () -> AtomicFiles.writeString(folder.resolve("place"), "text"));
        assertEquals(List.of("place"), names());
        assertTrue(Files.isDirectory(folder.resolve("place/inside")));
    }

    @Test
    void aParentThatIsAFileIsRefused() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        assertThrows(PadrecException.class, () -> AtomicFiles.writeString(folder.resolve("file/inside"), "text"));
    }

    @Test
    void aFolderAlreadyThereIsKept() throws IOException {
        for (String content : List.of("first", "second")) {
            AtomicFiles.write(folder.resolve("named"), temporary -> {
                Files.createDirectories(temporary);
                Files.writeString(temporary.resolve("file"), content);
            });
        }
        assertEquals("first", Files.readString(folder.resolve("named/file")));
        assertEquals(List.of("named"), names());
    }

    @Test
    void deletingWhatIsNotThereDoesNothing() throws IOException {
        AtomicFiles.deleteAll(folder.resolve("none"));
        Files.createDirectories(folder.resolve("some/deep"));
        AtomicFiles.deleteAll(folder.resolve("some"));
        assertEquals(List.of(), names());
    }

    @Test
    void theHashIsSha256() throws IOException {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertEquals(abc, AtomicFiles.sha256("abc".getBytes(StandardCharsets.UTF_8)));
        assertEquals(abc, AtomicFiles.sha256(Files.writeString(folder.resolve("abc"), "abc")));
    }
}
