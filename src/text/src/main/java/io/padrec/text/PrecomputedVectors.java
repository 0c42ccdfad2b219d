package io.padrec.text;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.Safetensors;
import io.padrec.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Text vectors that another program made, for instance a large language model on a GPU. Two formats are read:
 * <ul>
 * <li>{@code .npy} (NumPy, format 1 to 3): [N, T] of little-endian float16, float32 or float64 in C order, one row an item,
 * in the items' order;
 * <li>{@code .safetensors}: a tensor {@code vectors} [N, T] (F16 or F32) and, if wanted, {@code ids} (U8): the items' ids in
 * UTF-8, a zero byte after each, in the rows' order. With ids the rows may stand in any order.
 * </ul>
 * Vectors are kept as they are, not normalised; an item without text may have a row of zeros.
 */
public final class PrecomputedVectors {
    private final Path file;
    private final String name;
    private final int width;
    private final float[][] rows;
    private final Map<String, Integer> rowOfId;

    private PrecomputedVectors(Path file, String name, float[][] rows, List<String> ids) {
        this.file = file;
        this.name = name;
        this.width = rows[0].length;
        this.rows = rows;
        this.rowOfId = ids == null ? null : rowOfId(file, ids, rows.length);
    }

    /**
     * Reads the file whole and checks it.
     *
     * @throws PadrecException where it is missing, cut short, of another format, shape or number type, or where a number in
     *                         it is not finite
     */
    public static PrecomputedVectors read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString(), null, "no such file");
            }
            String name = "file-" + AtomicFiles.sha256(file).substring(0, 16);
            if (Npy.is(file)) {
                return new PrecomputedVectors(file, name, finite(file, Npy.read(file)), null);
            }
            Map<String, Tensor> tensors = Safetensors.read(file);
            return new PrecomputedVectors(file, name, finite(file, rows(file, tensors.get("vectors"))),
                    ids(file, tensors.get("ids")));
        } catch (IOException e) {
            throw new PadrecException("cannot read the vectors file " + file + ": " + reason(e) + "; give a readable .npy or"
                    + " .safetensors file", e);
        }
    }

    /** Names the vectors by their file's content: other content is another encoder. */
    public String name() {
        return name;
    }

    /** Numbers a vector. */
    public int width() {
        return width;
    }

    /** How many vectors there are. */
    public int size() {
        return rows.length;
    }

    /** Whether the file says by ids whose the vectors are, so that the vectors of some items can be had. */
    public boolean hasIds() {
        return rowOfId != null;
    }

    /**
     * The vectors of a dataset's items: by id where the file has ids (ids of other items are left aside), otherwise in order.
     *
     * @param items all items of the dataset, in its order; any items, where the file has ids
     * @return [items, {@link #width()}]
     * @throws PadrecException where the file holds no vector for an item, or without ids another number of rows
     */
    public float[][] of(List<Item> items) {
        if (rowOfId == null) {
            if (rows.length != items.size()) {
                throw new PadrecException(file + " holds " + rows.length + " vectors, but the dataset has " + items.size()
                        + " items; give one row an item, in the items' order, or a safetensors file with ids");
            }
            return rows.clone();
        }
        List<String> missing = items.stream().map(Item::id).filter(id -> !rowOfId.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            throw new PadrecException(file + " holds no vector for " + missing.size() + " of " + items.size()
                    + " items (the first is " + missing.getFirst() + "); add their vectors and ids to the file");
        }
        return items.stream().map(item -> rows[rowOfId.get(item.id())]).toArray(float[][]::new);
    }

    private static float[][] rows(Path file, Tensor tensor) {
        if (!(tensor instanceof Tensor.Floats floats)) {
            throw new PadrecException(file + (tensor == null ? " holds no tensor 'vectors'" : "'s tensor 'vectors' has type "
                    + tensor.type()) + "; write the vectors as a tensor 'vectors' [items, width] of type F32 or F16");
        }
        int[] shape = floats.shape();
        checkShape(file, shape);
        float[][] rows = new float[shape[0]][shape[1]];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(floats.data(), i * shape[1], rows[i], 0, shape[1]);
        }
        return rows;
    }

    static void checkShape(Path file, int[] shape) {
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw new PadrecException(file + " holds vectors of shape " + Arrays.toString(shape)
                    + ", not [items, width]; write one row an item");
        }
    }

    private static float[][] finite(Path file, float[][] rows) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                if (!Float.isFinite(rows[i][j])) {
                    throw new PadrecException(file + " holds " + rows[i][j] + " in row " + i + ", column " + j
                            + " (counted from 0), which is not a finite float32 number; encode that item's text again");
                }
            }
        }
        return rows;
    }

    private static List<String> ids(Path file, Tensor tensor) {
        return switch (tensor) {
            case null -> null;
            case Tensor.Bytes bytes -> Tensor.strings(bytes);
            default -> throw new PadrecException(file + "'s tensor 'ids' has type " + tensor.type()
                    + "; write the ids as U8: UTF-8 with a zero byte after each");
        };
    }

    private static Map<String, Integer> rowOfId(Path file, List<String> ids, int rows) {
        if (ids.size() != rows) {
            throw new PadrecException(file + " holds " + rows + " vectors but " + ids.size() + " ids; give one id a row");
        }
        Map<String, Integer> rowOfId = HashMap.newHashMap(rows);
        for (int i = 0; i < rows; i++) {
            if (rowOfId.put(ids.get(i), i) != null) {
                throw new PadrecException(file + " holds the id " + ids.get(i) + " twice; keep one row of it");
            }
        }
        return rowOfId;
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException missing && missing.getReason() != null ? missing.getReason() : e.toString();
    }
}
