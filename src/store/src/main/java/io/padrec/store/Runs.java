package io.padrec.store;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Training runs. A run is what it is made from: the same phase, dataset, snapshot, configuration, seed and parent are the same
 * run, so what is done is not done twice.
 *
 * <p>Who works on a run holds its lease, by PostgreSQL's clock. A lease that is not renewed in time is free for the next
 * worker, which takes the run over with a higher attempt; whatever the one before still writes is refused
 * ({@link LeaseLostException}).
 *
 * <p>Not db-scheduler: it would keep a second record of each run's state beside this table, its executions carry no fencing
 * token into the transactions of their effects, and a job that is started for one given run has no place in its polling.
 */
@StoreAccess
@ApplicationScoped
public class Runs {
    private static final Set<String> PHASES = Set.of("pretrain", "align", "finetune");
    private static final int SHORT_HASH = 16;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final String FREE = "(state = 'QUEUED' AND due_at <= clock_timestamp() "
            + "OR state = 'RUNNING' AND (lease_expires <= clock_timestamp() OR lease_owner = ?2))";

    @Inject
    Artifacts artifacts;

    @Inject
    Outbox outbox;

    @Inject
    Reads reads;

    /**
     * The run of these ingredients: a new one (QUEUED), or the one that is there. A run that is under way comes back as it is;
     * one that failed for good, or whose bundle is no longer among the artifacts, is queued again; one that succeeded is to be
     * skipped.
     *
     * @param phase       {@code pretrain}, {@code align} or {@code finetune}
     * @param dataset     the name of the dataset that the snapshot was cut from
     * @param snapshot    the hash of a snapshot that was cut
     * @param config      JSON values; the order of fields does not matter
     * @param parent      the id of the run that it starts from; null for none
     * @param traceparent W3C trace context of what asks for it; null for none
     * @throws PadrecException          where there is no such phase, snapshot or parent
     * @throws IllegalArgumentException where the configuration holds something that is no JSON value
     */
    @Transactional
    public Run begin(String phase, String dataset, String snapshot, Map<String, Object> config, long seed, String parent,
            String traceparent) {
        if (!PHASES.contains(phase)) {
            throw new PadrecException("there is no phase '" + phase + "'; the phases are pretrain, align and finetune");
        }
        Snapshots.check(snapshot, dataset);
        if (parent != null && RunRow.withId(parent).isEmpty()) {
            throw new PadrecException("there is no run '" + parent + "' to be the parent of a run of phase " + phase);
        }
        Object json = JsonColumn.canonical(config);
        String key = AtomicFiles.sha256(Json.write(Arrays.asList(phase, dataset, snapshot, json, seed, parent))
                .getBytes(StandardCharsets.UTF_8));
        String id = phase + "-" + key.substring(0, SHORT_HASH);
        Panache.getSession().createNativeQuery("""
                INSERT INTO run (id, idempotency_key, phase, dataset, snapshot, config, seed, parent, traceparent, state, progress,
                                 metrics, created_at)
                VALUES (?1, ?2, ?3, ?4, ?5, cast(?6 AS jsonb), ?7, ?8, ?9, 'QUEUED', '{}', '{}', ?10)
                ON CONFLICT DO NOTHING""")
                .setParameter(1, id).setParameter(2, key).setParameter(3, phase).setParameter(4, dataset)
                .setParameter(5, snapshot).setParameter(6, Json.write(json)).setParameter(7, seed).setParameter(8, parent)
                .setParameter(9, traceparent).setParameter(10, Clock.now()).executeUpdate();
        RunRow row = RunRow.locked(id);
        if (row.state == Run.State.FAILED || row.state == Run.State.SUCCEEDED && !isThere(row.bundle)) {
            row.queue();
        }
        return row.run();
    }

    /**
     * Takes the oldest free run of a phase: one that waits for a worker, whose worker's lease has expired, or whose worker was
     * this one in an earlier life.
     *
     * @param owner who will work; no two workers at a time have one name
     * @param lease until when others keep away, unless it is renewed
     */
    @Transactional
    public Optional<Claim> claim(String phase, String owner, Duration lease) {
        return claimWhere("phase = ?1", phase, owner, lease);
    }

    /** Takes this run, if it is free. */
    @Transactional
    public Optional<Claim> claimRun(String id, String owner, Duration lease) {
        return claimWhere("id = ?1", id, owner, lease);
    }

    private Optional<Claim> claimWhere(String which, String value, String owner, Duration lease) {
        // SKIP LOCKED: two workers that look at the same time take two runs.
        List<?> taken = Panache.getSession().createNativeQuery("""
                UPDATE run SET deaths = deaths + CASE state WHEN 'RUNNING' THEN 1 ELSE 0 END, state = 'RUNNING',
                               attempt = attempt + 1, lease_owner = ?2,
                               lease_expires = clock_timestamp() + ?3 * interval '1 millisecond',
                               started_at = coalesce(started_at, clock_timestamp())
                WHERE id = (SELECT id FROM run WHERE %s AND %s ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id""".formatted(which, FREE), String.class)
                .setParameter(1, value).setParameter(2, owner).setParameter(3, lease.toMillis()).getResultList();
        return taken.stream().findFirst().map(id -> {
            RunRow row = RunRow.locked((String) id);
            Panache.getSession().refresh(row);
            return new Claim(row.run(), row.attempt, owner);
        });
    }

    /**
     * Renews the lease.
     *
     * @throws LeaseLostException where the run is no longer this worker's
     */
    @Transactional
    public void heartbeat(Claim claim, Duration lease) {
        held(claim);
        Panache.getSession().createNativeQuery("""
                UPDATE run SET lease_expires = clock_timestamp() + ?2 * interval '1 millisecond' WHERE id = ?1""")
                .setParameter(1, claim.run().id()).setParameter(2, lease.toMillis()).executeUpdate();
    }

    /**
     * Says how far a run is.
     *
     * @param progress JSON values
     * @throws LeaseLostException where the run is no longer this worker's
     */
    @Transactional
    public void progress(Claim claim, Map<String, Object> progress) {
        RunRow row = held(claim);
        row.progress = JsonColumn.normal(progress);
        row.deaths = 0;
    }

    /**
     * Ends a run with its result.
     *
     * @param bundle  a path relative to the artifacts, where the bundle lies already
     * @param metrics JSON values
     * @param events  what to tell of it
     * @throws LeaseLostException where the run is no longer this worker's
     * @throws PadrecException    where the bundle is not there
     */
    @Transactional
    public Run succeed(Claim claim, String bundle, Map<String, Object> metrics, List<Event> events) {
        if (!isThere(bundle)) {
            throw new PadrecException("run '" + claim.run().id() + "' cannot succeed: there is no bundle "
                    + artifacts.place(bundle) + "; write it first");
        }
        RunRow row = held(claim);
        row.end(Run.State.SUCCEEDED);
        row.bundle = bundle;
        row.metrics = JsonColumn.normal(metrics);
        row.error = null;
        events.forEach(outbox::add);
        return row.run();
    }

    /**
     * Notes a failure. The run waits for another attempt, 2 s after the first failure and twice as long after each further
     * one; the failure that is one too many parks it.
     *
     * @param error        one line
     * @param mostFailures the failure that parks it, from 1
     * @param whenParked   what to tell then
     * @throws LeaseLostException where the run is no longer this worker's
     */
    @Transactional
    public Run fail(Claim claim, String error, int mostFailures, List<Event> whenParked) {
        RunRow row = held(claim);
        row.failures++;
        row.error = Content.clean(error);
        if (row.failures >= mostFailures) {
            row.end(Run.State.FAILED);
            whenParked.forEach(outbox::add);
        } else {
            row.await(Clock.now().plus(FIRST_PAUSE.multipliedBy(1L << Math.min(row.failures - 1, 10))));
        }
        return row.run();
    }

    /** Gives a run back that is not done: the next worker need not wait for the lease to expire. Nothing where it is lost. */
    @Transactional
    public void release(Claim claim) {
        RunRow row = RunRow.locked(claim.run().id());
        if (isHeld(claim, row)) {
            row.await(Clock.now());
        }
    }

    /**
     * Queues a run again that failed for good.
     *
     * @throws PadrecException where there is no such run, or it is not parked
     */
    @Transactional
    public Run retry(String id) {
        RunRow row = RunRow.locked(id);
        if (row.state != Run.State.FAILED) {
            throw new PadrecException("run '" + id + "' is " + row.state + "; only one that FAILED can be begun again");
        }
        row.queue();
        return row.run();
    }

    /** All runs, the oldest first. */
    @Transactional
    public List<Run> list() {
        return RunRow.<RunRow>listAll(Sort.by("createdAt").and("id")).stream().map(RunRow::run).toList();
    }

    /** The runs on one snapshot, the oldest first. */
    @Transactional
    public List<Run> ofSnapshot(String snapshot) {
        return RunRow.<RunRow>list("snapshot", Sort.by("createdAt").and("id"), snapshot).stream().map(RunRow::run).toList();
    }

    /** How many runs are in each state; states without any are left out. */
    @Transactional
    public Map<Run.State, Long> counts() {
        Map<Run.State, Long> counts = new EnumMap<>(Run.State.class);
        reads.each(row -> counts.put(row.getKey(), row.getValue()), row -> Map.entry(Run.State.valueOf(row.getString(1)), row.getLong(2)),
                "SELECT state, count(*) FROM run GROUP BY state");
        return counts;
    }

    @Transactional
    public Optional<Run> find(String id) {
        return RunRow.withId(id).map(RunRow::run);
    }

    private boolean isThere(String bundle) {
        return artifacts.exists(bundle);
    }

    /** The run, kept from other writers until the transaction ends. */
    private static RunRow held(Claim claim) {
        RunRow row = RunRow.locked(claim.run().id());
        if (!isHeld(claim, row)) {
            throw new LeaseLostException(claim, row);
        }
        return row;
    }

    // An expired lease that nobody took is still held: there is nobody to disturb.
    private static boolean isHeld(Claim claim, RunRow row) {
        return row.state == Run.State.RUNNING && row.attempt == claim.attempt();
    }
}
