package io.padrec.store;

import io.padrec.core.PadrecException;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "run")
class RunRow extends PanacheEntityBase {
    @Id
    String id;

    @Column(name = "idempotency_key")
    String key;

    String phase;
    String snapshot;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = JsonColumn.WRITE)
    Map<String, Object> config;

    long seed;
    String parent;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "text")
    Run.State state;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = JsonColumn.WRITE)
    Map<String, Object> progress;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = JsonColumn.WRITE)
    Map<String, Object> metrics;

    String bundle;
    String error;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    static Optional<RunRow> withId(String id) {
        return findByIdOptional(id);
    }

    /** The run, kept from other writers until the transaction ends. */
    static RunRow locked(String id) {
        return RunRow.<RunRow>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow(() -> new PadrecException("there is no run '" + id + "'; 'runs' lists them"));
    }

    void queue() {
        state = Run.State.QUEUED;
        progress = Map.of();
        metrics = Map.of();
        bundle = null;
        error = null;
        startedAt = null;
        finishedAt = null;
    }

    Run run() {
        return new Run(id, phase, snapshot, config, seed, parent, state, progress, metrics, bundle, error, createdAt, startedAt,
                finishedAt);
    }
}
