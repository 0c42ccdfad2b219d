package io.padrec.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of an upload. Stored rows are those added and changed.
 *
 * @param received rows that came
 * @param added    rows that are new
 * @param changed  items that were there, and of which something else is said now
 * @param unchanged rows that were there already
 * @param rejected rows that were not stored
 * @param problems the first 10 000 of these, by line
 */
public record Receipt(String dataset, long received, long added, long changed, long unchanged, long rejected,
        List<Rejections.Rejection> problems) {

    static Receipt of(String dataset, long accepted, long added, long changed, Rejections rejections) {
        return new Receipt(dataset, accepted + rejections.count(), added, changed, accepted - added - changed,
                rejections.count(), rejections.first());
    }

    /** As JSON values. */
    public Map<String, Object> toMap() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataset", dataset);
        json.put("received", received);
        json.put("added", added);
        json.put("changed", changed);
        json.put("unchanged", unchanged);
        json.put("rejected", rejected);
        json.put("problems", problems.stream().map(problem -> Map.of("line", problem.line(), "reason", problem.reason()))
                .toList());
        return json;
    }

    static Receipt of(Map<String, Object> json) {
        return new Receipt((String) json.get("dataset"), number(json, "received"), number(json, "added"), number(json, "changed"),
                number(json, "unchanged"), number(json, "rejected"), ((List<?>) json.get("problems")).stream()
                        .map(problem -> (Map<?, ?>) problem)
                        .map(problem -> new Rejections.Rejection(number(problem, "line"), (String) problem.get("reason")))
                        .toList());
    }

    private static long number(Map<?, ?> json, String name) {
        return ((Number) json.get(name)).longValue();
    }
}
