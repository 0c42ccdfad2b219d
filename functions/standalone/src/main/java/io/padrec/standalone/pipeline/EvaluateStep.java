package io.padrec.standalone.pipeline;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.standalone.terminal.Output;
import io.padrec.store.Dataset;
import io.padrec.store.Model;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the finished phases on the test split, and makes their result the model that is served. */
public final class EvaluateStep {
    static final String NAME = "evaluate";

    private final Workplace workplace;
    private final Plan plan;

    public EvaluateStep(Workplace workplace, Plan plan) {
        this.workplace = workplace;
        this.plan = plan;
    }

    /**
     * Evaluates, registers the model and promotes it.
     *
     * @param runs     those of the three phases, in their order
     * @param reportTo the file that the report is written to
     */
    public Report run(SnapshotRecord snapshot, List<Run> runs, Path reportTo) {
        Output output = workplace.output();
        Seconds seconds = workplace.seconds();
        Run finetuned = runs.getLast();
        String key = NAME + " " + finetuned.id();
        Map<String, Object> evaluation = workplace.store().evaluations().find(finetuned).orElse(null);
        if (evaluation != null) {
            output.skipped(NAME, seconds.of(key), "");
        } else {
            output.begin(NAME);
            long began = System.nanoTime();
            evaluation = workplace.store().evaluations().of(finetuned, plan.settings());
            seconds.set(key, (System.nanoTime() - began) / 1e9);
            output.done(NAME, seconds.of(key), "");
        }
        promote(finetuned, evaluation);
        Report report = report(snapshot, runs, evaluation);
        AtomicFiles.writeString(reportTo.toAbsolutePath(), Json.pretty(report.json()));
        return report;
    }

    /** Served whatever was served before: who trains on the command line wants to see what came of it. */
    private void promote(Run finetuned, Map<String, Object> evaluation) {
        Model model = workplace.store().promotions().register(finetuned, evaluation);
        workplace.store().models().promote(model.id());
        workplace.output().note("model " + model.id() + " is promoted: it is the one that is served");
    }

    private Report report(SnapshotRecord snapshot, List<Run> runs, Map<String, Object> evaluation) {
        Dataset dataset = EmbedStep.dataset(workplace, plan);
        Seconds known = workplace.seconds();
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put(ImportStep.NAME, known.of(ImportStep.key(dataset)));
        seconds.put(EmbedStep.NAME, known.of(EmbedStep.key(dataset, snapshot.encoder())));
        runs.forEach(run -> seconds.put(run.phase(), known.of(run.id())));
        seconds.put(NAME, known.of(NAME + " " + runs.getLast().id()));
        double total = seconds.values().stream().mapToDouble(value -> ((Number) value).doubleValue()).sum();
        seconds.put("total", Math.round(total * 1000) / 1000.0);

        Map<String, Object> size = new LinkedHashMap<>();
        size.put("name", dataset.name());
        size.put("users", snapshot.users());
        size.put("items", snapshot.items());
        size.put("interactions", snapshot.interactions());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataset", size);
        json.put("split", plan.split().toString());
        json.put("recipe", plan.recipe().name());
        json.put("backbone", plan.recipe().backbone().title());
        json.put("seed", plan.seed());
        json.put("seconds", seconds);
        json.putAll(evaluation);
        return new Report(dataset, json);
    }
}
