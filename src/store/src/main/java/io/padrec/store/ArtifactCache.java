package io.padrec.store;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Local copies of artifacts that lie elsewhere, in a folder that processes may share. An entry's id says its content, so a
 * copy never grows old; one that nobody has used for a day is deleted when another is made.
 */
final class ArtifactCache {
    private static final Duration KEPT = Duration.ofDays(1);

    private final Path folder;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    ArtifactCache(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The copy {@code id}, a file or folder named {@code name}; downloaded where it is not there. */
    Path copy(String id, String name, AtomicFiles.Writer download) {
        Path entry = folder.resolve(id);
        Path copy = entry.resolve(name);
        synchronized (locks.computeIfAbsent(id, any -> new Object())) {
            if (!Files.exists(copy)) {
                sweep();
                AtomicFiles.write(copy, download);
            }
        }
        try {
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw cannotUse(e);
        }
        return copy;
    }

    /** What {@code work} returns, done in a folder that is empty before and gone afterwards. */
    <T> T inScratch(Function<Path, T> work) {
        Path scratch = folder.resolve("." + UUID.randomUUID());
        try {
            Files.createDirectories(scratch);
            try {
                return work.apply(scratch);
            } finally {
                AtomicFiles.deleteAll(scratch);
            }
        } catch (IOException e) {
            throw cannotUse(e);
        }
    }

    private void sweep() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        FileTime limit = FileTime.from(Instant.now().minus(KEPT));
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                sweep(entry, limit);
            }
        } catch (IOException | UncheckedIOException e) {
            throw cannotUse(e);
        }
    }

    private static void sweep(Path entry, FileTime limit) throws IOException {
        try {
            if (Files.getLastModifiedTime(entry).compareTo(limit) < 0) {
                AtomicFiles.deleteAll(entry);
            }
        } catch (NoSuchFileException e) {
            // Another process sweeps too.
            return;
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e;
            }
        }
    }

    private PadrecException cannotUse(Exception e) {
        return new PadrecException("cannot use the folder for copies of artifacts " + folder + ": " + e
                + "; check its permissions and its disk, or set padrec.artifacts.cache to another", e);
    }
}
