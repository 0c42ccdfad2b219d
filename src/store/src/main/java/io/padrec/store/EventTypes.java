package io.padrec.store;

import java.util.List;

/**
 * The events that padrec's functions tell each other. The constants stand in annotations; {@link #ALL} says who emits and who
 * consumes each.
 */
public final class EventTypes {
    public static final String ITEMS_ADDED = "io.padrec.items.added";
    public static final String INTERACTIONS_ADDED = "io.padrec.interactions.added";
    public static final String ITEMS_EMBEDDED = "io.padrec.items.embedded";
    public static final String SNAPSHOT_CREATED = "io.padrec.snapshot.created";
    public static final String PRETRAIN_REQUESTED = "io.padrec.pretrain.requested";
    public static final String PRETRAIN_COMPLETED = "io.padrec.pretrain.completed";
    public static final String PRETRAIN_FAILED = "io.padrec.pretrain.failed";
    public static final String ALIGN_REQUESTED = "io.padrec.align.requested";
    public static final String ALIGN_COMPLETED = "io.padrec.align.completed";
    public static final String ALIGN_FAILED = "io.padrec.align.failed";
    public static final String FINETUNE_REQUESTED = "io.padrec.finetune.requested";
    public static final String FINETUNE_COMPLETED = "io.padrec.finetune.completed";
    public static final String FINETUNE_FAILED = "io.padrec.finetune.failed";
    public static final String MODEL_PROMOTED = "io.padrec.model.promoted";

    /**
     * One type.
     *
     * @param emitter  the function that emits it; {@code outside} for what users of padrec send
     * @param consumer the function that consumes it; null where it is final: told to whom it may concern, with no function waiting
     */
    public record EventType(String name, String emitter, String consumer) {
        public boolean isFinal() {
            return consumer == null;
        }
    }

    /** Every type there is. */
    public static final List<EventType> ALL = List.of(
            new EventType(ITEMS_ADDED, "outside", "ingest"),
            new EventType(INTERACTIONS_ADDED, "outside", "ingest"),
            new EventType(ITEMS_EMBEDDED, "ingest", null),
            new EventType(SNAPSHOT_CREATED, "ingest", "pretrain"),
            new EventType(PRETRAIN_REQUESTED, "pretrain", "pretrain"),
            new EventType(PRETRAIN_COMPLETED, "pretrain", "align"),
            new EventType(PRETRAIN_FAILED, "pretrain", null),
            new EventType(ALIGN_REQUESTED, "align", "align"),
            new EventType(ALIGN_COMPLETED, "align", "finetune"),
            new EventType(ALIGN_FAILED, "align", null),
            new EventType(FINETUNE_REQUESTED, "finetune", "finetune"),
            new EventType(FINETUNE_COMPLETED, "finetune", null),
            new EventType(FINETUNE_FAILED, "finetune", null),
            new EventType(MODEL_PROMOTED, "finetune", "recommend"));

    private EventTypes() {
    }
}
