package io.padrec.training;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A loop's state after each epoch, as bundles {@code epoch-N} in a folder of its own. Written whole or not at all; the newest
 * that is undamaged counts, and the one before stays until the next is written.
 */
final class Checkpoint {
    private static final System.Logger LOG = System.getLogger(Checkpoint.class.getName());
    private static final int KEPT = 2;

    private final Path folder;

    Checkpoint(Path folder) {
        this.folder = folder;
    }

    void write(int epoch, Map<String, Object> state, Map<String, Tensor> tensors) {
        new Bundle(state, tensors).write(folder.resolve("epoch-" + epoch));
        List<Path> all = newestFirst();
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            delete(old);
        }
    }

    /** The newest undamaged checkpoint. A damaged one is said and removed. */
    Optional<Bundle> newest() {
        for (Path path : newestFirst()) {
            try {
                return Optional.of(Bundle.read(path));
            } catch (PadrecException e) {
                LOG.log(System.Logger.Level.WARNING, "checkpoint {0} is not used: {1}", path, e.getMessage());
                delete(path);
            }
        }
        return Optional.empty();
    }

    private List<Path> newestFirst() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(p -> p.getFileName().toString().matches("epoch-\\d+"))
                    .sorted(Comparator.comparingInt(Checkpoint::epoch).reversed()).toList();
        } catch (IOException e) {
            throw new PadrecException("cannot read the checkpoints in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static int epoch(Path path) {
        return Integer.parseInt(path.getFileName().toString().substring("epoch-".length()));
    }

    private static void delete(Path path) {
        try {
            AtomicFiles.deleteAll(path);
        } catch (IOException e) {
            throw new PadrecException("cannot remove the old checkpoint " + path + ": " + e.getMessage(), e);
        }
    }
}
