package io.padrec.ingest;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an event of {@code items.added} or {@code interactions.added} says.
 *
 * @param rows     JSON values; empty where they lie in an artifact
 * @param artifact name of the artifact that holds them; empty where they are here
 */
record EventData(String dataset, Optional<List<?>> rows, Optional<String> artifact) {
    static final int MOST_ROWS = 1000;
    /** Artifacts of other folders are padrec's own. */
    private static final Pattern UPLOAD = Pattern.compile("uploads(/[^./][^/]*)+(?<=\\.(nd)?json(\\.gz)?)");

    /** @throws Problem 422 where it cannot be understood */
    static EventData of(RowKind<?> kind, Map<String, Object> data, String defaultDataset) {
        Set<String> known = Set.of("dataset", kind.name(), "artifact");
        for (String field : data.keySet()) {
            if (!known.contains(field)) {
                throw Problem.impossible("in the event's data " + Fields.quoted(field) + " is not known; known are dataset, "
                        + kind.name() + ", artifact");
            }
        }
        String dataset = text(data, "dataset").orElse(defaultDataset);
        Optional<String> artifact = text(data, "artifact");
        Object rows = data.get(kind.name());
        if (artifact.isPresent() == (rows != null)) {
            throw Problem.impossible("the event's data must hold either " + kind.name() + " or artifact, one of them");
        }
        if (artifact.isPresent()) {
            if (!UPLOAD.matcher(artifact.get()).matches()) {
                throw Problem.impossible("artifact must be named uploads/….ndjson or uploads/….json, with .gz behind it where "
                        + "it is compressed, but is " + Fields.quoted(artifact.get()));
            }
            return new EventData(dataset, Optional.empty(), artifact);
        }
        if (!(rows instanceof List<?> list) || list.isEmpty()) {
            throw Problem.impossible(kind.name() + " must be a list of rows");
        }
        if (list.size() > MOST_ROWS) {
            throw Problem.impossible(kind.name() + " holds " + list.size() + " rows, and an event " + MOST_ROWS
                    + " at most; write them to an artifact, and name that");
        }
        return new EventData(dataset, Optional.of(list), Optional.empty());
    }

    boolean isArray() {
        return artifact.orElseThrow().replaceFirst("\\.gz$", "").endsWith(".json");
    }

    /** As Content-Encoding says it. */
    String encoding() {
        return artifact.orElseThrow().endsWith(".gz") ? "gzip" : "";
    }

    private static Optional<String> text(Map<String, Object> data, String field) {
        return switch (data.get(field)) {
            case null -> Optional.empty();
            case String text when !text.isBlank() -> Optional.of(text);
            default -> throw Problem.impossible(field + " must be a text");
        };
    }
}
