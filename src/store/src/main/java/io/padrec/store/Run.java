package io.padrec.store;

import java.time.Instant;
import java.util.Map;

/**
 * One phase of training on one snapshot.
 *
 * @param id          phase and hash of what the run is made from, such as {@code pretrain-3f2a91c04b7de512}
 * @param phase       {@code pretrain}, {@code align} or {@code finetune}
 * @param dataset     the name of the dataset that the snapshot was cut from
 * @param snapshot    the snapshot's hash
 * @param config      what the phase was asked to do, as JSON values
 * @param seed        the seed of its random numbers
 * @param parent      the run that it starts from; null for none
 * @param state       how far it is
 * @param attempt     how often it was claimed
 * @param failures    how often it failed since it was last begun afresh
 * @param deaths      how many workers in a row were lost with it before they said any progress
 * @param leaseOwner  who works on it; null unless it is RUNNING
 * @param leaseExpires until when, unless the lease is renewed; null unless it is RUNNING
 * @param progress    the last progress said, as JSON values; empty before the first
 * @param metrics     figures of a run that succeeded, as JSON values; empty otherwise
 * @param bundle      its result, a path relative to the artifacts; null unless it succeeded
 * @param error       why it failed last; null where it did not, or has succeeded since
 * @param traceparent W3C trace context of the request that began it; null for none
 * @param createdAt   when it was first begun
 * @param startedAt   when it was first claimed; null before
 * @param finishedAt  when it succeeded, or failed for good; null before
 */
public record Run(String id, String phase, String dataset, String snapshot, Map<String, Object> config, long seed,
        String parent, State state, int attempt, int failures, int deaths, String leaseOwner, Instant leaseExpires,
        Map<String, Object> progress, Map<String, Object> metrics, String bundle, String error, String traceparent,
        Instant createdAt, Instant startedAt, Instant finishedAt) {

    /** How far a run is. */
    public enum State {
        /** Waits for a worker. */
        QUEUED,
        /** A worker holds its lease. Where the lease has expired, the worker is lost and the run waits for another. */
        RUNNING,
        /** Its bundle is among the artifacts. */
        SUCCEEDED,
        /** Parked: it failed too often, and waits until somebody begins it again. */
        FAILED
    }

    /** Whether it is over. */
    public boolean isOver() {
        return state == State.SUCCEEDED || state == State.FAILED;
    }
}
