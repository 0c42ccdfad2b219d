package io.padrec.standalone.reproduce;

import io.padrec.core.Bundle;
import io.padrec.standalone.pipeline.Workplace;
import io.padrec.store.Run;
import io.padrec.training.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What validation said after each epoch, from the bundles of the runs behind rows. A bundle of an earlier version does not say it. */
final class Curves {
    private final Workplace workplace;
    private final RowRuns runs;

    Curves(Workplace workplace, RowRuns runs) {
        this.workplace = workplace;
        this.runs = runs;
    }

    /** A curve for each part that was trained, as JSON values, with the rows that share it; by seed, then by the first of its rows. */
    List<Map<String, Object>> of(List<Variant> rows, List<Long> seeds) {
        List<Run> done = runs.done();
        Map<String, Run> byId = new LinkedHashMap<>();
        Map<String, List<String>> sharing = new HashMap<>();
        for (long seed : seeds) {
            for (Variant row : rows) {
                for (Run run : RowRuns.of(row, seed, done)) {
                    byId.put(run.id(), run);
                    sharing.computeIfAbsent(run.id(), first -> new ArrayList<>()).add(row.name());
                }
            }
        }
        // Rows outlast the bundles that they were measured on: a bundle that was deleted since takes its curves along, no more.
        return byId.values().stream().filter(run -> workplace.store().artifacts().exists(run.bundle()))
                .flatMap(run -> of(run, sharing.get(run.id())).stream()).toList();
    }

    private List<Map<String, Object>> of(Run run, List<String> rows) {
        Map<String, Object> manifest = workplace.store().artifacts().read(run.bundle(), Bundle::readManifest);
        List<Map<String, Object>> curves = new ArrayList<>();
        ((Map<?, ?>) manifest.getOrDefault("curves", Map.of())).forEach((part, figures) -> {
            Map<String, Object> curve = new LinkedHashMap<>();
            curve.put("run", run.id());
            curve.put("phase", run.phase());
            curve.put("part", part);
            curve.put("seed", run.seed());
            curve.put("rows", rows);
            ((Map<?, ?>) figures).forEach((name, values) -> curve.put((String) name, values));
            // Nothing was trained.
            if (curve.containsKey("epoch")) {
                curves.add(curve);
            }
        });
        return curves;
    }

    /** Minutes of training at the end of each of a curve's epochs, on this machine; null where they are not known. */
    List<Double> minutes(Map<?, ?> curve) {
        Map<String, Double> seconds = workplace.epochs((String) curve.get("run")).all();
        List<Double> minutes = new ArrayList<>();
        for (Object epoch : (List<?>) curve.get("epoch")) {
            Double second = seconds.get(curve.get("part") + " " + epoch);
            minutes.add(second == null ? null : second / 60);
        }
        return minutes;
    }
}
