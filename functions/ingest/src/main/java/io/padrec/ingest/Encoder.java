package io.padrec.ingest;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.text.TextSettings;
import io.padrec.text.TextVectors;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.List;

/**
 * Where items' text vectors come from, as {@code padrec.text.*} says. The model is loaded once, when there is something to encode.
 */
@ApplicationScoped
class Encoder {
    private static final int BEFORE_EMBEDDING = Interceptor.Priority.APPLICATION;

    @Inject
    TextSettings settings;

    private TextVectors source;

    /** @throws PadrecException where the settings do not fit together, or their file cannot be read; nothing starts then */
    void open(@Observes @Priority(BEFORE_EMBEDDING) StartupEvent event) {
        source = TextVectors.of(settings);
    }

    /** Names the vectors, without loading the model. */
    String name() {
        return source.name();
    }

    /**
     * @return [n, T]
     * @throws PadrecException where an item's vector cannot be had
     */
    float[][] vectors(List<Item> items) {
        return source.of(items);
    }

    @PreDestroy
    void close() {
        if (source != null) {
            source.close();
        }
    }
}
