package io.padrec.store;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Artifacts in a folder, which processes may share. */
final class FolderStore implements ArtifactStore {
    private final Path root;

    FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String place(String name) {
        return root.resolve(name).toString();
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(root.resolve(name));
    }

    @Override
    public Set<String> files(String folder) {
        Set<String> names = new HashSet<>();
        try {
            Files.walkFileTree(root.resolve(folder), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    return isTemporary(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!isTemporary(file)) {
                        names.add(name(file));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    return afterwards(e);
                }

                @Override
                public FileVisitResult postVisitDirectory(Path path, IOException e) throws IOException {
                    return afterwards(e);
                }
            });
            return names;
        } catch (IOException e) {
            throw new PadrecException("cannot list the artifacts in " + root.resolve(folder) + ": " + e
                    + "; check the folder's permissions", e);
        }
    }

    @Override
    public <T> T read(String name, Function<Path, T> reader) {
        if (!exists(name)) {
            throw ArtifactStore.missing(place(name));
        }
        return reader.apply(root.resolve(name));
    }

    @Override
    public <T> T write(String folder, Function<Path, T> writer) {
        return writer.apply(root.resolve(folder));
    }

    @Override
    public void delete(String name) {
        Path path = root.resolve(name);
        // Gone in one step: nobody finds half of it.
        Path gone = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
            AtomicFiles.deleteAll(gone);
        } catch (NoSuchFileException e) {
            // It was not there, or another process deletes it.
            return;
        } catch (IOException e) {
            throw new PadrecException("cannot delete " + path + ": " + e + "; check the folder's permissions", e);
        }
    }

    private String name(Path file) {
        return StreamSupport.stream(root.relativize(file).spliterator(), false).map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    private static boolean isTemporary(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    /** Other processes may delete what is being listed. */
    private static FileVisitResult afterwards(IOException e) throws IOException {
        if (e != null && !(e instanceof NoSuchFileException)) {
            throw e;
        }
        return FileVisitResult.CONTINUE;
    }
}
