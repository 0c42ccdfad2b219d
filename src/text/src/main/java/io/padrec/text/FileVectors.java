package io.padrec.text;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Vectors of a file, which holds nothing that would have to be closed. */
record FileVectors(String name, Function<List<Item>, float[][]> rows) implements TextVectors {
    /** The vectors of whichever items the file names. */
    static FileVectors byId(Path file) {
        PrecomputedVectors vectors = PrecomputedVectors.read(file);
        if (!vectors.hasIds()) {
            throw new PadrecException(file + " does not say whose vectors it holds; write them as safetensors with the items'"
                    + " ids as a tensor 'ids' (U8: UTF-8 with a zero byte after each)");
        }
        return new FileVectors(vectors.name(), vectors::of);
    }

    /** The vectors of these items. */
    static FileVectors ofAll(Path file, List<Item> items) {
        PrecomputedVectors vectors = PrecomputedVectors.read(file);
        // Checked against the whole dataset at once: a file without ids can only be matched by its order.
        float[][] rows = vectors.of(items);
        Map<String, float[]> rowOfItem = HashMap.newHashMap(rows.length);
        for (int i = 0; i < rows.length; i++) {
            rowOfItem.put(items.get(i).id(), rows[i]);
        }
        return new FileVectors(vectors.name(),
                some -> some.stream().map(item -> rowOfItem.get(item.id())).toArray(float[][]::new));
    }

    @Override
    public float[][] of(List<Item> items) {
        return rows.apply(items);
    }

    @Override
    public void close() {
        // Plain arrays.
    }
}
