package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path folder;

    @Test
    void aMissingHomeIsMade() {
        Path home = folder.resolve("a/b");
        try (Home opened = Home.open(home, false)) {
            assertTrue(Files.isDirectory(home));
            assertEquals(home.toAbsolutePath().resolve("artifacts"), opened.artifacts());
        }
    }

    @Test
    void aHomeIsHeldUntilItIsClosed() {
        Home first = Home.open(folder, false);
        assertThrows(PadrecException.class, () -> Home.open(folder, false));
        first.close();
        Home.open(folder, false).close();
    }

    @Test
    void aHomeThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        var refused = assertThrows(PadrecException.class, () -> Home.open(file, false));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }

    @Test
    void freshEmptiesTheStateAndKeepsDownloadsAndWhatIsNotOurs() throws IOException {
        Home.open(folder, false).close();
        for (String name : new String[] {"artifacts/bundles/x", "cache/y", "downloads/z", "notes.txt", "seconds.json"}) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "");
        }
        Home.open(folder, true).close();
        assertFalse(Files.exists(folder.resolve("artifacts")));
        assertFalse(Files.exists(folder.resolve("cache")));
        assertFalse(Files.exists(folder.resolve("seconds.json")));
        assertTrue(Files.exists(folder.resolve("downloads/z")));
        assertTrue(Files.exists(folder.resolve("notes.txt")));
    }

    @Test
    void freshDeletesNothingInAFolderThatPadrecNeverUsed() throws IOException {
        Files.createDirectories(folder.resolve("artifacts/precious"));
        var refused = assertThrows(PadrecException.class, () -> Home.open(folder, true));
        assertTrue(refused.getMessage().contains("not made by padrec"), refused.getMessage());
        assertTrue(Files.exists(folder.resolve("artifacts/precious")));
    }
}
