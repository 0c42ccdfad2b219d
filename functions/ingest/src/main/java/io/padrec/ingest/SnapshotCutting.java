package io.padrec.ingest;

import io.padrec.core.PadrecException;
import io.padrec.core.Split;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts snapshots that can be trained on, and tells of them. */
@ApplicationScoped
class SnapshotCutting {
    /** A user's last two items are held out; one more is needed to train on. */
    private static final int SHORTEST_HISTORY = 3;

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Snapshots snapshots;

    @Inject
    EmbeddingPass embedding;

    @Inject
    EmbeddingLoop loop;

    @Inject
    Encoder encoder;

    /**
     * @param traceparent of what led to it; null for none
     * @throws Problem 404 where there is no such dataset, 503 where items still wait for their vectors, 422 where nothing could be
     *                 trained on it, or it cannot be split so
     */
    SnapshotRecord cut(String dataset, Split.Kind split, TrainingWish wish, String traceparent) {
        if (datasets.find(dataset).isEmpty()) {
            throw Problem.notFound("dataset", "there is no dataset " + Fields.quoted(dataset) + "; upload its items first");
        }
        if (datasets.longestHistory(dataset) < SHORTEST_HISTORY) {
            throw Problem.impossible("no user of dataset " + Fields.quoted(dataset) + " has " + SHORTEST_HISTORY
                    + " interactions, so nothing could be trained and tested; upload more");
        }
        if (split == Split.Kind.TEMPORAL && !datasets.isTimed(dataset)) {
            throw Problem.impossible("an interaction of dataset " + Fields.quoted(dataset) + " has no time, so it has no temporal"
                    + " split; leave split out, or upload interactions with their times");
        }
        checkEmbedded(dataset);
        try {
            return snapshots.cut(dataset, encoder.name(), split,
                    snapshot -> List.of(event(snapshot, wish, traceparent)));
        } catch (PadrecException e) {
            // Items that came since the check.
            checkEmbedded(dataset);
            throw e;
        }
    }

    private void checkEmbedded(String dataset) {
        long waiting = embeddings.waiting(dataset, encoder.name());
        if (waiting > 0) {
            embedding.lookAgain(dataset);
            loop.nudge();
            throw Problem.unavailable(waiting + " items of dataset " + Fields.quoted(dataset)
                    + " wait for their text vectors; try again when they have them");
        }
    }

    private static Event event(SnapshotRecord snapshot, TrainingWish wish, String traceparent) {
        Map<String, Object> data = new LinkedHashMap<>(wish.data());
        data.put("dataset", snapshot.dataset());
        data.put("snapshot", snapshot.hash());
        data.put("encoder", snapshot.encoder());
        String id = "snapshot.created:" + snapshot.hash().substring(0, 16) + ":"
                + Ids.of(snapshot.dataset(), snapshot.encoder(), wish.data());
        return Event.now(id, Ids.SOURCE, EventTypes.SNAPSHOT_CREATED, snapshot.hash(), data, traceparent);
    }
}
