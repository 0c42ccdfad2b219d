package io.padrec.standalone.pipeline;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.standalone.terminal.Output;
import io.padrec.store.Artifacts;
import io.padrec.store.Dataset;
import io.padrec.store.Model;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import java.io.IOException;
import java.nio.file.Files;
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
     * @param steps   the training that made the runs
     * @param reportTo the file that the report is written to
     */
    public Report run(TrainSteps steps, SnapshotRecord snapshot, Run pretrained, Run aligned, Run finetuned, Path reportTo) {
        Output output = workplace.output();
        Seconds seconds = workplace.seconds();
        String key = NAME + " " + finetuned.id();
        Artifacts artifacts = workplace.store().artifacts();
        String file = "evaluations/" + finetuned.id() + ".json";
        Map<String, Object> evaluation;
        if (artifacts.exists(file)) {
            evaluation = artifacts.read(file, EvaluateStep::read);
            output.skipped(NAME, seconds.of(key), "");
        } else {
            output.begin(NAME);
            long began = System.nanoTime();
            evaluation = Evaluation.of(steps.evaluate(pretrained, aligned, finetuned),
                    workplace.store().snapshots().read(snapshot.hash()).bins());
            seconds.set(key, (System.nanoTime() - began) / 1e9);
            String json = Json.pretty(evaluation);
            artifacts.store(file, path -> AtomicFiles.writeString(path, json));
            output.done(NAME, seconds.of(key), "");
        }
        steps.forgetCheckpoints();
        promote(finetuned, evaluation);
        Report report = report(snapshot, List.of(pretrained, aligned, finetuned), evaluation);
        AtomicFiles.writeString(reportTo.toAbsolutePath(), Json.pretty(report.json()));
        return report;
    }

    private void promote(Run finetuned, Map<String, Object> evaluation) {
        Map<?, ?> pad = Report.rows(evaluation).getLast();
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("hr@10", pad.get("hr@10"));
        metrics.put("ndcg@10", pad.get("ndcg@10"));
        String id = plan.dataset() + "-" + plan.recipe().name() + "-" + finetuned.id().substring("finetune-".length());
        Model model = workplace.store().models().register(id, plan.dataset(), finetuned.id(), finetuned.bundle(), metrics);
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
        json.put("recipe", plan.recipe().name());
        json.put("seed", plan.seed());
        json.put("seconds", seconds);
        json.putAll(evaluation);
        return new Report(dataset, json);
    }

    private static Map<String, Object> read(Path file) {
        try {
            return Json.parseObject(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new PadrecException("cannot read the evaluation " + file + " (" + e.getMessage()
                    + "); delete it to evaluate again", e);
        }
    }
}
