package io.padrec.standalone.reproduce;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Bundle;
import io.padrec.core.Ranks;
import io.padrec.core.Snapshot;
import io.padrec.core.Split.Stage;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.standalone.pipeline.Trainer;
import io.padrec.standalone.pipeline.Workplace;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import io.padrec.training.Evaluator;
import io.padrec.training.Spaces;
import io.padrec.training.Spaces.Distances;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Table;
import io.padrec.training.Variants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Measures the rows of tables on one snapshot, in their order. What is measured stays measured, and a phase that several
 * rows share is one run; so a reproduction that was stopped goes on where it was, and ends with the same report.
 */
public final class Reproduction {
    private final Workplace workplace;
    private final Plan plan;
    private final SnapshotRecord record;
    private final Snapshot snapshot;
    private final Measurements measurements;
    private final RowRuns runs;
    private final int jobs;
    private final Path folder;

    /**
     * @param plan    its seed is not used
     * @param trainer trains the rows, several at a time where there are several jobs
     * @param jobs    how many rows are trained at a time, at least 1
     */
    public Reproduction(Workplace workplace, Plan plan, SnapshotRecord record, Trainer trainer, int jobs) {
        this.workplace = workplace;
        this.plan = plan;
        this.record = record;
        this.snapshot = workplace.store().snapshots().read(record.hash());
        this.folder = workplace.home().resolve("reproduce");
        this.measurements = new Measurements(folder, snapshot, record.hash());
        this.runs = new RowRuns(workplace, plan, record, trainer, jobs > 1);
        this.jobs = jobs;
    }

    /**
     * All rows of the first seed, then all of the next, then the report.
     *
     * @param budget  nothing is begun after it
     * @param against the row that the others are compared with
     */
    public void run(List<Table> tables, List<Long> seeds, Duration budget, String against) {
        long end = System.nanoTime() + budget.toNanos();
        List<Variant> rows = Variants.of(plan.recipe());
        Findings findings = new Findings(new Comparison(snapshot.bins(), against));
        List<String> left = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(jobs, Thread.ofPlatform().daemon().factory());
        try {
            List<Step> steps = new ArrayList<>();
            for (long seed : seeds) {
                for (Variant row : rows) {
                    List<Question> questions = questions(row, seed, tables, findings);
                    Callable<Optional<List<Run>>> trained = trained(row, seed, questions, end, pool);
                    questions.forEach(question -> steps.add(new Step(question, trained)));
                }
            }
            for (int s = 0; s < steps.size(); s++) {
                Question question = steps.get(s).question;
                Optional<List<Run>> trained = question.answered.getAsBoolean() ? Optional.of(List.of()) : await(steps.get(s).trained);
                if (trained.isEmpty()) {
                    left.add(question.name);
                    continue;
                }
                String found = question.answer.apply(trained.get());
                workplace.output().note("row " + (s + 1) + " of " + steps.size() + ", " + question.name + ": " + found);
            }
        } finally {
            pool.shutdownNow();
        }
        Curves curves = new Curves(workplace, runs);
        List<Map<String, Object>> learned = curves.of(rows.stream().filter(row -> Findings.has(row, tables)).toList(), seeds);
        Tables report = findings.report(about(seeds), tables, rows, left).with(Tables.CURVES, learned);
        AtomicFiles.writeString(folder.resolve("report.json"), report.pretty());
        AtomicFiles.writeString(folder.resolve("report.md"), report.markdown());
        AtomicFiles.writeString(folder.resolve("report.html"), new Page(report, CurvesPart.overTime(learned, curves::minutes)).html());
        workplace.output().result(report.json(), report.markdown());
        workplace.output().note("report written to " + folder.resolve("report.html") + ", report.json and report.md");
    }

    /**
     * One thing to measure of a row and seed.
     *
     * @param answered whether it was measured before
     * @param answer   measures it on the row's runs where it was not, and says what was found
     */
    private record Question(String name, BooleanSupplier answered, Function<List<Run>, String> answer) {
    }

    /** @param trained the row's runs; the same for all questions about the row */
    private record Step(Question question, Callable<Optional<List<Run>>> trained) {
    }

    /** A row's runs; empty where the time is over. One job trains them when they are asked for, several train ahead of that. */
    private Callable<Optional<List<Run>>> trained(Variant row, long seed, List<Question> questions, long end, ExecutorService pool) {
        Callable<Optional<List<Run>>> training = () -> System.nanoTime() - end >= 0 ? Optional.empty()
                : Optional.of(runs.trained(row, seed));
        return jobs == 1 || questions.stream().allMatch(question -> question.answered.getAsBoolean()) ? training
                : pool.submit(training)::get;
    }

    private static <T> T await(Callable<T> call) {
        try {
            return call.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the tables want to know of a row. */
    private List<Question> questions(Variant row, long seed, List<Table> tables, Findings findings) {
        String name = row.name() + " (seed " + seed + ")";
        List<Question> questions = new ArrayList<>();
        if (Findings.isRanked(row, tables)) {
            questions.add(new Question(name, () -> measurements.find(row, seed).isPresent(), trained -> {
                Ranks ranks = measurements.of(row, seed, () -> measure(row, trained));
                findings.add(row, seed, ranks);
                return String.format(Locale.ROOT, "HR@10 %.4f, nDCG@10 %.4f", ranks.hitRate(10), ranks.ndcg(10));
            }));
        }
        if (Findings.hasDistances(row, tables)) {
            questions.add(new Question("distances of " + name, () -> measurements.hasDistances(row, seed), trained -> {
                Distances distances = measurements.distances(row, seed,
                        () -> spaces(spaces -> spaces.distances(row, runs.bundles(trained))));
                findings.add(row, seed, distances);
                return String.format(Locale.ROOT, "mean %.3f", Arrays.stream(distances.own()).average().orElse(0));
            }));
        }
        if (Findings.forgets(row, tables)) {
            questions.add(new Question("forgetting of " + name, () -> measurements.hasKept(row, seed), trained -> {
                double tau = measurements.kept(row, seed, () -> spaces(spaces -> {
                    List<Bundle> bundles = runs.bundles(trained.subList(0, 2));
                    return spaces.kept(bundles.getFirst(), bundles.getLast());
                }));
                findings.add(row, seed, tau);
                return String.format(Locale.ROOT, "Kendall's tau %.3f", tau);
            }));
        }
        return questions;
    }

    private Map<String, Object> about(List<Long> seeds) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("dataset", plan.dataset());
        about.put("snapshot", record.hash());
        about.put("split", plan.split().toString());
        about.put("recipe", plan.recipe().name());
        about.put("backbone", plan.recipe().backbone().title());
        about.put("seeds", seeds);
        about.put("users", snapshot.split().evaluatedUsers(Stage.TEST).length);
        about.put("items", snapshot.items());
        return about;
    }

    private Ranks measure(Variant row, List<Run> trained) {
        try (Evaluator evaluator = Evaluator.open(snapshot, record.hash(), plan.settings())) {
            return switch (row.measured()) {
                case POPULARITY -> evaluator.popularity();
                case TEXT_KNN -> evaluator.textNeighbours(row.recipe().length());
                case ID, TEXT, ALIGNED, PAD ->
                        evaluator.ranks(runs.bundles(List.of(trained.getLast())).getFirst(), row.measured());
            };
        }
    }

    private <T> T spaces(Function<Spaces, T> measure) {
        try (Spaces spaces = Spaces.open(snapshot, record.hash(), plan.settings())) {
            return measure.apply(spaces);
        }
    }
}
