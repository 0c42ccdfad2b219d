package io.padrec.standalone.reproduce;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import io.padrec.core.Ranks;
import io.padrec.core.Snapshot;
import io.padrec.core.Split.Stage;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.standalone.pipeline.TrainSteps;
import io.padrec.standalone.pipeline.Workplace;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import io.padrec.training.Evaluator;
import io.padrec.training.Recipe;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Table;
import io.padrec.training.Variants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the rows of tables on one snapshot, one after the other. What is measured stays measured, and a phase that several
 * rows share is one run; so a reproduction that was stopped goes on where it was, and ends with the same report.
 */
public final class Reproduction {
    private final Workplace workplace;
    private final Plan plan;
    private final SnapshotRecord record;
    private final Snapshot snapshot;
    private final Measurements measurements;
    private final Path folder;

    /** @param plan its seed is not used */
    public Reproduction(Workplace workplace, Plan plan, SnapshotRecord record) {
        this.workplace = workplace;
        this.plan = plan;
        this.record = record;
        this.snapshot = workplace.store().snapshots().read(record.hash());
        this.folder = workplace.home().resolve("reproduce");
        this.measurements = new Measurements(folder, snapshot, record.hash());
    }

    /**
     * All rows of the first seed, then all of the next, then the report.
     *
     * @param budget no row is begun after it
     */
    public void run(List<Table> tables, List<Long> seeds, Duration budget) {
        long end = System.nanoTime() + budget.toNanos();
        List<Variant> rows = Variants.of(plan.recipe()).stream().filter(row -> row.tables().stream().anyMatch(tables::contains))
                .toList();
        Comparison comparison = new Comparison(snapshot.bins());
        List<String> left = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        seeds.forEach(seed -> rows.forEach(row -> steps.add(new Step(row, seed))));
        for (int s = 0; s < steps.size(); s++) {
            Step step = steps.get(s);
            if (System.nanoTime() - end >= 0 && measurements.find(step.row, step.seed).isEmpty()) {
                left.add(step.toString());
                continue;
            }
            Ranks ranks = measurements.of(step.row, step.seed, () -> measure(step.row, step.seed));
            comparison.add(step.row, step.seed, ranks);
            workplace.output().note(String.format(java.util.Locale.ROOT, "row %d of %d, %s: HR@10 %.4f, nDCG@10 %.4f", s + 1,
                    steps.size(), step, ranks.hitRate(10), ranks.ndcg(10)));
        }
        Tables report = Tables.of(about(seeds), tables, rows, comparison, left);
        AtomicFiles.writeString(folder.resolve("report.json"), report.pretty());
        AtomicFiles.writeString(folder.resolve("report.md"), report.markdown());
        AtomicFiles.writeString(folder.resolve("report.html"), new Page(report).html());
        workplace.output().result(report.json(), report.markdown());
        workplace.output().note("report written to " + folder.resolve("report.html") + ", report.json and report.md");
    }

    private record Step(Variant row, long seed) {
        @Override
        public String toString() {
            return row.name() + " (seed " + seed + ")";
        }
    }

    private Map<String, Object> about(List<Long> seeds) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("dataset", plan.dataset());
        about.put("snapshot", record.hash());
        about.put("split", plan.split().toString());
        about.put("recipe", plan.recipe().name());
        about.put("seeds", seeds);
        about.put("users", snapshot.split().evaluatedUsers(Stage.TEST).length);
        about.put("items", snapshot.items());
        return about;
    }

    private Ranks measure(Variant row, long seed) {
        Bundle bundle = row.measured().phases() == 0 ? null
                : workplace.store().artifacts().read(trained(row, seed).bundle(), Bundle::read);
        try (Evaluator evaluator = Evaluator.open(snapshot, record.hash(), plan.settings())) {
            return switch (row.measured()) {
                case POPULARITY -> evaluator.popularity();
                case TEXT_KNN -> evaluator.textNeighbours(row.recipe().length());
                case ID, TEXT, ALIGNED, PAD -> evaluator.ranks(bundle, row.measured());
            };
        }
    }

    /** The run that makes the measured model, after those before it. */
    private Run trained(Variant row, long seed) {
        Recipe recipe = row.recipe();
        Run pretrained = steps(recipe.ofPhase1(), seed).pretrain();
        if (row.measured().phases() == 1) {
            return pretrained;
        }
        Run aligned = steps(recipe.ofPhase2(), seed).align(pretrained);
        return row.measured().phases() == 2 ? aligned : steps(recipe, seed).finetune(aligned);
    }

    private TrainSteps steps(Recipe recipe, long seed) {
        return new TrainSteps(workplace, plan.with(recipe, seed), record);
    }
}
