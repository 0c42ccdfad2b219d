package io.padrec.serverless;

import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs as every training function shows them, where it declares {@code GET /runs}. */
public class RunFunctions {
    @Inject
    CurrentRequest request;

    @Inject
    Runs runs;

    /** {@code GET /runs?id=R} or {@code ?snapshot=S}, or all: {@code {"runs": [...]}}, the oldest first. */
    @Funq("runs")
    public Map<String, Object> runs() {
        Fields fields = request.fields(null, Set.of("id", "snapshot"));
        Optional<String> id = fields.text("id");
        Optional<String> snapshot = fields.text("snapshot");
        if (id.isPresent() && snapshot.isPresent()) {
            throw Problem.wrong("snapshot", "id and snapshot are both given; give one of them");
        }
        List<Run> found = id.isPresent() ? List.of(runs.find(id.get()).orElseThrow(() -> Problem.notFound("id",
                "there is no run " + Fields.quoted(id.get())))) : snapshot.map(runs::ofSnapshot).orElseGet(runs::list);
        return Map.of("runs", found.stream().map(RunFunctions::json).toList());
    }

    /** A run as JSON values; what is null is left out. */
    public static Map<String, Object> json(Run run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", run.id());
        json.put("phase", run.phase());
        json.put("state", run.state().name());
        json.put("dataset", run.dataset());
        json.put("snapshot", run.snapshot());
        json.put("config", run.config());
        json.put("seed", run.seed());
        json.put("parent", run.parent());
        json.put("attempt", run.attempt());
        json.put("failures", run.failures());
        json.put("progress", run.progress());
        json.put("metrics", run.metrics());
        json.put("bundle", run.bundle());
        json.put("error", run.error());
        json.put("leaseOwner", run.leaseOwner());
        json.put("leaseExpires", text(run.leaseExpires()));
        json.put("createdAt", text(run.createdAt()));
        json.put("startedAt", text(run.startedAt()));
        json.put("finishedAt", text(run.finishedAt()));
        json.values().removeIf(value -> value == null);
        return json;
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
