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
    String dataset;
    String snapshot;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = JsonColumn.WRITE)
    Map<String, Object> config;

    long seed;
    String parent;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "text")
    Run.State state;

    int attempt;
    int failures;
    int deaths;

    @Column(name = "due_at")
    Instant dueAt;

    @Column(name = "lease_owner")
    String leaseOwner;

    @Column(name = "lease_expires")
    Instant leaseExpires;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = JsonColumn.WRITE)
    Map<String, Object> progress;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = JsonColumn.WRITE)
    Map<String, Object> metrics;

    String bundle;
    String error;
    String traceparent;

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

    /** Begins it afresh. The attempt goes on counting: a worker of before must stay fenced. */
    void queue() {
        await(Clock.now());
        failures = 0;
        deaths = 0;
        progress = Map.of();
        metrics = Map.of();
        bundle = null;
        error = null;
        startedAt = null;
        finishedAt = null;
    }

    /** Waits for a worker, until {@code due} at least. */
    void await(Instant due) {
        state = Run.State.QUEUED;
        dueAt = due;
        dropLease();
    }

    void end(Run.State how) {
        state = how;
        finishedAt = Clock.now();
        dropLease();
    }

    private void dropLease() {
        leaseOwner = null;
        leaseExpires = null;
    }

    Run run() {
        return new Run(id, phase, dataset, snapshot, config, seed, parent, state, attempt, failures, deaths, leaseOwner,
                leaseExpires, progress, metrics, bundle, error, traceparent, createdAt, startedAt, finishedAt);
    }
}
