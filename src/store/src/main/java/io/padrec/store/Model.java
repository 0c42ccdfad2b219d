package io.padrec.store;

import java.time.Instant;
import java.util.LinkedHashMap;
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

    /** As JSON values. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("dataset", dataset);
        map.put("bundle", bundle);
        map.put("metrics", metrics);
        map.put("promoted", promoted);
        map.put("createdAt", createdAt.toString());
        return map;
    }
}
