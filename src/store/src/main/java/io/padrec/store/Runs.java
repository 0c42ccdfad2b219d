package io.padrec.store;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Training runs. A run is what it is made from: the same phase, snapshot, configuration, seed and parent are the same run,
 * so what is done is not done twice.
 */
@StoreAccess
@ApplicationScoped
public class Runs {
    private static final Set<String> PHASES = Set.of("pretrain", "align", "finetune");
    private static final int SHORT_HASH = 16;

    @Inject
    EntityManager entities;

    @Inject
    Artifacts artifacts;

    /**
     * The run of these ingredients: a new one (QUEUED), or the one that is there. A run that was under way (its process died)
     * comes back as it is, to be resumed from its checkpoints; one that failed, or whose bundle is no longer among the
     * artifacts, is queued again; one that succeeded is to be skipped.
     *
     * @param phase    {@code pretrain}, {@code align} or {@code finetune}
     * @param snapshot the hash of a snapshot that was cut
     * @param config   JSON values; the order of fields does not matter
     * @param parent   the id of the run that it starts from; null for none
     * @throws PadrecException          where there is no such phase, snapshot or parent
     * @throws IllegalArgumentException where the configuration holds something that is no JSON value
     */
    @Transactional
    public Run begin(String phase, String snapshot, Map<String, Object> config, long seed, String parent) {
        if (!PHASES.contains(phase)) {
            throw new PadrecException("there is no phase '" + phase + "'; the phases are pretrain, align and finetune");
        }
        Snapshots.check(snapshot);
        if (parent != null && RunRow.withId(parent).isEmpty()) {
            throw new PadrecException("there is no run '" + parent + "' to be the parent of a run of phase " + phase);
        }
        Object json = JsonColumn.canonical(config);
        String key = AtomicFiles.sha256(Json.write(Arrays.asList(phase, snapshot, json, seed, parent))
                .getBytes(StandardCharsets.UTF_8));
        String id = phase + "-" + key.substring(0, SHORT_HASH);
        entities.createNativeQuery("""
                INSERT INTO run (id, idempotency_key, phase, snapshot, config, seed, parent, state, progress, metrics, created_at)
                VALUES (?1, ?2, ?3, ?4, cast(?5 AS jsonb), ?6, ?7, 'QUEUED', '{}', '{}', ?8)
                ON CONFLICT DO NOTHING""")
                .setParameter(1, id).setParameter(2, key).setParameter(3, phase).setParameter(4, snapshot)
                .setParameter(5, Json.write(json)).setParameter(6, seed).setParameter(7, parent)
                .setParameter(8, Clock.now()).executeUpdate();
        RunRow row = RunRow.locked(id);
        if (row.state == Run.State.FAILED || row.state == Run.State.SUCCEEDED && !isThere(row.bundle)) {
            row.queue();
        }
        return row.run();
    }

    /**
     * Says how far a run is; the first time makes it RUNNING.
     *
     * @param progress JSON values
     * @throws PadrecException where there is no such run, or it is over
     */
    @Transactional
    public void progress(String id, Map<String, Object> progress) {
        RunRow row = unfinished(id, "progress");
        if (row.state == Run.State.QUEUED) {
            row.state = Run.State.RUNNING;
            row.startedAt = Clock.now();
        }
        row.progress = JsonColumn.normal(progress);
    }

    /**
     * Ends a run with its result. Saying the same bundle again changes nothing.
     *
     * @param bundle  a path relative to the artifacts, where the bundle lies already
     * @param metrics JSON values
     * @throws PadrecException where there is no such run, it is over otherwise, or the bundle is not there
     */
    @Transactional
    public Run succeed(String id, String bundle, Map<String, Object> metrics) {
        if (!isThere(bundle)) {
            throw new PadrecException("run '" + id + "' cannot succeed: there is no bundle " + artifacts.place(bundle)
                    + "; write it first");
        }
        RunRow row = RunRow.locked(id);
        if (row.state == Run.State.SUCCEEDED && row.bundle.equals(bundle)) {
            return row.run();
        }
        row = unfinished(id, "result");
        row.state = Run.State.SUCCEEDED;
        row.bundle = bundle;
        row.metrics = JsonColumn.normal(metrics);
        row.finishedAt = Clock.now();
        return row.run();
    }

    /**
     * Ends a run with an error.
     *
     * @param error one line
     * @throws PadrecException where there is no such run, or it is over
     */
    @Transactional
    public Run fail(String id, String error) {
        RunRow row = unfinished(id, "failure");
        row.state = Run.State.FAILED;
        row.error = Content.clean(error);
        row.finishedAt = Clock.now();
        return row.run();
    }

    /**
     * Queues a run again whatever its state, for work that is to be done afresh. Its bundle's files stay.
     *
     * @throws PadrecException where there is no such run
     */
    @Transactional
    public Run restart(String id) {
        RunRow row = RunRow.locked(id);
        row.queue();
        return row.run();
    }

    /** All runs, the oldest first. */
    @Transactional
    public List<Run> list() {
        return RunRow.<RunRow>listAll(Sort.by("createdAt").and("id")).stream().map(RunRow::run).toList();
    }

    @Transactional
    public Optional<Run> find(String id) {
        return RunRow.withId(id).map(RunRow::run);
    }

    private boolean isThere(String bundle) {
        return artifacts.exists(bundle);
    }

    private static RunRow unfinished(String id, String what) {
        RunRow row = RunRow.locked(id);
        if (row.state == Run.State.SUCCEEDED || row.state == Run.State.FAILED) {
            throw new PadrecException("run '" + id + "' is over (" + row.state + ") and takes no " + what
                    + " any more; begin it again");
        }
        return row;
    }
}
