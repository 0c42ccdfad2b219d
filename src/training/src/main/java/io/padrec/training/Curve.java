package io.padrec.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured after each epoch of one training, as JSON values: a list a figure, one element an epoch. */
final class Curve {
    private final Map<String, List<Object>> columns = new LinkedHashMap<>();

    /** The curve of {@link #toMap}; empty where {@code map} is. */
    static Curve of(Map<?, ?> map) {
        Curve curve = new Curve();
        map.forEach((name, values) -> curve.columns.put((String) name, new ArrayList<>((List<?>) values)));
        return curve;
    }

    /** A figure that is not a number was not measured, in this epoch as in all others, and has no list. */
    void add(int epoch, double loss, double hr10, double ndcg10) {
        put("epoch", epoch);
        put("loss", loss);
        put("validation hr@10", hr10);
        put("validation ndcg@10", ndcg10);
    }

    private void put(String name, Number value) {
        if (!Double.isNaN(value.doubleValue())) {
            columns.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
        }
    }

    Map<String, Object> toMap() {
        return new LinkedHashMap<>(columns);
    }
}
