package io.padrec.store;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.Safetensors;
import io.padrec.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An embedding segment on disk: safetensors with {@code vectors} [n, T] and {@code ids}, the items' ids in the order of the
 * rows. The file is named by its SHA-256 and never changes.
 */
final class SegmentFile {
    private static final String VECTORS = "vectors";
    private static final String IDS = "ids";

    private SegmentFile() {
    }

    /**
     * Writes the file into {@code folder}.
     *
     * @param vectors [n, T], a row for each item
     * @return its SHA-256
     */
    static String write(Path folder, List<Item> items, float[][] vectors) {
        int width = vectors[0].length;
        float[] rows = new float[Math.multiplyExact(vectors.length, width)];
        for (int row = 0; row < vectors.length; row++) {
            System.arraycopy(vectors[row], 0, rows, row * width, width);
        }
        Map<String, Tensor> tensors = Map.of(VECTORS, Tensor.of(rows, vectors.length, width),
                IDS, Tensor.ofStrings(items.stream().map(Item::id).toList()));
        Path unnamed = folder.resolve(UUID.randomUUID() + ".unnamed");
        AtomicFiles.write(unnamed, temporary -> Safetensors.write(temporary, tensors));
        try {
            String sha256 = AtomicFiles.sha256(unnamed);
            Files.move(unnamed, folder.resolve(file(sha256)), StandardCopyOption.ATOMIC_MOVE);
            return sha256;
        } catch (IOException e) {
            throw new PadrecException("cannot write a segment of vectors in " + folder + ": " + e.getMessage()
                    + "; check the folder's permissions", e);
        }
    }

    /**
     * The vectors, row by row.
     *
     * @throws PadrecException where the file is missing or was altered
     */
    static float[] vectors(Path file, String sha256) {
        try {
            if (!AtomicFiles.sha256(file).equals(sha256)) {
                throw new PadrecException(file + " was altered: its content does not match its name; restore it, or delete it "
                        + "and embed again");
            }
            return ((Tensor.Floats) Safetensors.read(file).get(VECTORS)).data();
        } catch (IOException e) {
            throw new PadrecException("cannot read the vectors in " + file + ": " + e + "; restore the file, or embed again", e);
        }
    }

    /** The name of the file among the artifacts. */
    static String artifact(String sha256) {
        return Artifacts.SEGMENTS + "/" + file(sha256);
    }

    private static String file(String sha256) {
        return sha256 + ".safetensors";
    }
}
