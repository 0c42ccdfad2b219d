package io.padrec.store;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checkpoints of one attempt at a run: a local folder that training works in, with a folder {@code epoch-N} for each
 * checkpoint of each part, and its copy among the artifacts. For one thread.
 */
public final class CheckpointFolder implements AutoCloseable {
    private final Artifacts artifacts;
    private final String name;
    private final Path folder;
    /** Such as {@code ids/epoch-3}; what was taken from earlier attempts need not be stored again. */
    private final Set<String> stored = new HashSet<>();

    CheckpointFolder(Artifacts artifacts, String name, Path folder) {
        this.artifacts = artifacts;
        this.name = name;
        this.folder = folder;
    }

    /** The local folder; gone when this is closed. */
    public Path folder() {
        return folder;
    }

    /**
     * Stores the checkpoints that are new, and deletes those of this attempt that training has dropped. To be called after
     * each epoch, as long as the run is this attempt's.
     *
     * @throws PadrecException where they cannot be stored
     */
    public void publish() {
        Set<String> present = present();
        present.stream().filter(checkpoint -> !stored.contains(checkpoint)).sorted().forEach(this::store);
        for (String dropped : stored.stream().filter(checkpoint -> !present.contains(checkpoint)).toList()) {
            artifacts.delete(name + "/" + dropped);
            stored.remove(dropped);
        }
    }

    /** Deletes the local folder; what was published stays. */
    @Override
    public void close() {
        empty();
    }

    void empty() {
        try {
            AtomicFiles.deleteAll(folder);
            Files.createDirectories(folder.getParent());
        } catch (IOException e) {
            throw new PadrecException("cannot empty the folder for checkpoints " + folder + ": " + e
                    + "; check its permissions, or set padrec.artifacts.cache to another", e);
        }
    }

    Path take(Path from, String checkpoint) {
        Path to = folder.resolve(checkpoint);
        copy(from, to);
        stored.add(checkpoint);
        return to;
    }

    private void store(String checkpoint) {
        artifacts.store(name + "/" + checkpoint, to -> copy(folder.resolve(checkpoint), to));
        stored.add(checkpoint);
    }

    private Set<String> present() {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals("manifest.json")).map(Path::getParent)
                    .filter(checkpoint -> checkpoint.getFileName().toString().matches("epoch-\\d+"))
                    .map(checkpoint -> folder.relativize(checkpoint).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new PadrecException("cannot read the checkpoints in " + folder + ": " + e, e);
        }
    }

    private static void copy(Path from, Path to) {
        AtomicFiles.write(to, temporary -> {
            Files.createDirectories(temporary);
            try (Stream<Path> files = Files.list(from)) {
                List<Path> all = files.toList();
                for (Path file : all) {
                    Files.copy(file, temporary.resolve(file.getFileName()));
                }
            }
        });
    }
}
