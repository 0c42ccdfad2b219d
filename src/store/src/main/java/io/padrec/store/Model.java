package io.padrec.store;

import java.time.Instant;
import java.util.Map;

/**
 * A model that can be served.
 *
 * @param id        its name
 * @param dataset   the dataset it was trained on
 * @param bundle    its bundle, a path relative to the artifacts
 * @param metrics   its figures, as JSON values
 * @param promoted  whether it is the one that is served
 * @param createdAt when it was first registered
 */
public record Model(String id, String dataset, String bundle, Map<String, Object> metrics, boolean promoted,
        Instant createdAt) {
}
