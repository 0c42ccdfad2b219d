package io.padrec.ingest;

import io.padrec.core.PadrecException;
import io.padrec.store.Dataset;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.Segment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gives vectors to all items that wait for one: a segment of each dataset in turn, so that none waits for another to be finished.
 */
@ApplicationScoped
class EmbeddingPass {
    private static final Logger LOG = Logger.getLogger(EmbeddingPass.class);

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Encoder encoder;

    @Inject
    EmbeddingState state;

    @ConfigProperty(name = "padrec.embed.segment")
    int segment;

    /** The content that was found to wait for nothing: looking again costs a hash of every title. */
    private final Map<String, String> complete = new ConcurrentHashMap<>();

    /**
     * Goes on until nothing waits, but for datasets that fail; these are left for the next pass.
     *
     * @return whether one failed
     * @throws CancellationException where the thread is interrupted
     */
    boolean run() {
        Set<String> begun = new HashSet<>();
        Set<String> failed = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Dataset dataset : datasets.list()) {
                if (!dataset.contentHash().equals(complete.get(dataset.name())) && !failed.contains(dataset.name())) {
                    more |= advance(dataset, begun, failed);
                }
            }
        }
        return !failed.isEmpty();
    }

    /** Has the next pass look at the dataset again, whether it changed or not. */
    void lookAgain(String dataset) {
        complete.remove(dataset);
    }

    private boolean advance(Dataset dataset, Set<String> begun, Set<String> failed) {
        String name = dataset.name();
        try {
            if (begun.add(name)) {
                state.waiting(name, embeddings.waiting(name, encoder.name()));
            }
            Optional<Segment> embedded = embeddings.embedNext(name, encoder.name(), segment, encoder::vectors,
                    done -> List.of(event(done)));
            if (state.succeeded(name)) {
                LOG.infof("Dataset %s is embedded again.", name);
            }
            embedded.ifPresentOrElse(done -> state.embedded(name, done.vectors()), () -> {
                state.waiting(name, 0);
                complete.put(name, dataset.contentHash());
            });
            return embedded.isPresent();
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("embedding was interrupted");
            }
            failed.add(name);
            if (state.failed(name, String.valueOf(e.getMessage()))) {
                LOG.warnf(e instanceof PadrecException ? null : e, "Items of dataset %s get no vectors for now: %s", name,
                        e.getMessage());
            }
            return false;
        }
    }

    private static Event event(Segment segment) {
        return Event.now("items.embedded:" + Ids.of(segment.dataset(), segment.encoder(), segment.sha256()), Ids.SOURCE,
                EventTypes.ITEMS_EMBEDDED, segment.dataset(), Map.of("dataset", segment.dataset(), "encoder", segment.encoder(),
                        "items", segment.vectors(), "segment", segment.sha256()), null);
    }
}
