package io.padrec.store;

import java.time.Instant;
import java.util.Map;

/**
 * One phase of training on one snapshot.
 *
 * @param id         phase and hash of what the run is made from, such as {@code pretrain-3f2a91c04b7de512}
 * @param phase      {@code pretrain}, {@code align} or {@code finetune}
 * @param snapshot   the snapshot's hash
 * @param config     what the phase was asked to do, as JSON values
 * @param seed       the seed of its random numbers
 * @param parent     the run that it starts from; null for none
 * @param state      how far it is
 * @param progress   the last progress said, as JSON values; empty before the first
 * @param metrics    figures of a run that succeeded, as JSON values; empty otherwise
 * @param bundle     its result, a path relative to the artifacts; null unless it succeeded
 * @param error      why it failed; null unless it did
 * @param createdAt  when it was first begun
 * @param startedAt  when its current attempt said its first progress; null before
 * @param finishedAt when it succeeded or failed; null before
 */
public record Run(String id, String phase, String snapshot, Map<String, Object> config, long seed, String parent, State state,
        Map<String, Object> progress, Map<String, Object> metrics, String bundle, String error, Instant createdAt,
        Instant startedAt, Instant finishedAt) {

    /** How far a run is. */
    public enum State {
        /** Begun; no progress yet. */
        QUEUED,
        /** Progress was said. A run whose process died stays here until it is begun again. */
        RUNNING,
        /** Its bundle is among the artifacts. */
        SUCCEEDED,
        /** It ended with an error; beginning it again queues it again. */
        FAILED
    }
}
