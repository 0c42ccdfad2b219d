package io.padrec.standalone.pipeline;

import io.padrec.core.Item;
import io.padrec.text.PrecomputedVectors;
import io.padrec.text.TextEncoder;
import io.padrec.text.TextEncoders;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where items' text vectors come from. */
interface TextVectors extends AutoCloseable {
    /** Names the encoder; vectors of two names are never mixed. */
    String name();

    /** The items' vectors, [n, T]. */
    float[][] of(List<Item> items);

    /** Gives back what the encoder holds. */
    @Override
    void close();

    /** The vectors of {@code file}, which must hold one for each of {@code all} items. */
    static TextVectors ofFile(Path file, List<Item> all) {
        PrecomputedVectors vectors = PrecomputedVectors.read(file);
        // Checked against the whole dataset at once: a file without ids can only be matched by its order.
        float[][] rows = vectors.of(all);
        Map<String, float[]> rowOfItem = HashMap.newHashMap(rows.length);
        for (int i = 0; i < rows.length; i++) {
            rowOfItem.put(all.get(i).id(), rows[i]);
        }
        return new OfFile(vectors.name(), rowOfItem);
    }

    /** The built-in encoder over the items' titles. Its model is loaded when there is something to encode. */
    static TextVectors ofTitles(int threads) {
        return new OfTitles(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    }

    /** Rows of a file by item id. */
    record OfFile(String name, Map<String, float[]> rowOfItem) implements TextVectors {
        @Override
        public float[][] of(List<Item> items) {
            return items.stream().map(item -> rowOfItem.get(item.id())).toArray(float[][]::new);
        }

        @Override
        public void close() {
            // Plain arrays hold nothing else.
        }
    }

    /** The in-process encoder. */
    final class OfTitles implements TextVectors {
        private final int threads;
        private TextEncoder encoder;

        OfTitles(int threads) {
            this.threads = threads;
        }

        @Override
        public String name() {
            return TextEncoders.onnxName();
        }

        @Override
        public float[][] of(List<Item> items) {
            if (encoder == null) {
                encoder = TextEncoders.onnx(threads);
            }
            return encoder.encode(items.stream().map(Item::title).toList());
        }

        @Override
        public void close() {
            if (encoder != null) {
                encoder.close();
            }
        }
    }
}
