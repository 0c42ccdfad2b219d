package io.padrec.text;

import io.padrec.core.Item;
import java.util.List;
import java.util.function.Supplier;

/** An encoder over the items' texts, opened when it is first needed: often there is nothing to encode. */
final class EncodedTexts implements TextVectors {
    private final String name;
    private final Supplier<TextEncoder> opening;
    private TextEncoder encoder;
    private boolean closed;

    EncodedTexts(String name, Supplier<TextEncoder> opening) {
        this.name = name;
        this.opening = opening;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public float[][] of(List<Item> items) {
        return encoder().encode(items.stream().map(Item::text).toList());
    }

    private synchronized TextEncoder encoder() {
        if (closed) {
            throw new IllegalStateException("the text encoder is closed");
        }
        if (encoder == null) {
            encoder = opening.get();
        }
        return encoder;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (encoder != null) {
            encoder.close();
        }
    }
}
