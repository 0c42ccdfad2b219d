package io.padrec.standalone.reproduce;

import io.padrec.core.Bundle;
import io.padrec.phases.Phase;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.standalone.pipeline.TrainSteps;
import io.padrec.standalone.pipeline.Trainer;
import io.padrec.standalone.pipeline.Workplace;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import io.padrec.training.Recipe;
import io.padrec.training.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The runs that make the models of rows. A phase that several rows share is one run. */
final class RowRuns {
    private final Workplace workplace;
    private final Plan plan;
    private final SnapshotRecord snapshot;
    private final Trainer trainer;
    private final boolean sideBySide;
    private final Map<Object, Object> phases = new ConcurrentHashMap<>();

    /**
     * @param plan       its recipe and seed are not used
     * @param sideBySide several rows are trained at once: each step says whose it is
     */
    RowRuns(Workplace workplace, Plan plan, SnapshotRecord snapshot, Trainer trainer, boolean sideBySide) {
        this.workplace = workplace;
        this.plan = plan;
        this.snapshot = snapshot;
        this.trainer = trainer;
        this.sideBySide = sideBySide;
    }

    /** The runs of the phases that make a row's model, trained where they are not yet. */
    List<Run> trained(Variant row, long seed) {
        Recipe recipe = row.recipe();
        int phases = row.measured().phases();
        List<Run> runs = new ArrayList<>();
        if (phases > 0) {
            runs.add(trained(row, recipe.ofPhase1(), seed, TrainSteps::pretrain));
        }
        if (phases > 1) {
            runs.add(trained(row, recipe.ofPhase2(), seed, steps -> steps.align(runs.getLast())));
        }
        if (phases > 2) {
            runs.add(trained(row, recipe, seed, steps -> steps.finetune(runs.getLast())));
        }
        return runs;
    }

    /** Rows that are trained side by side wait for one another where they share a phase. */
    private Run trained(Variant row, Recipe recipe, long seed, Function<TrainSteps, Run> phase) {
        synchronized (phases.computeIfAbsent(List.of(recipe, seed), key -> new Object())) {
            Workplace place = sideBySide ? workplace.of(row.name() + ", seed " + seed) : workplace;
            return phase.apply(new TrainSteps(place, plan.with(recipe, seed), snapshot, trainer));
        }
    }

    /** All that have succeeded, of any row. */
    List<Run> done() {
        return workplace.store().runs().ofSnapshot(snapshot.hash()).stream()
                .filter(run -> run.state() == Run.State.SUCCEEDED && run.dataset().equals(plan.dataset())).toList();
    }

    /** Those of a row's runs that are {@code done}, up to the first that is not; none is begun. */
    static List<Run> of(Variant row, long seed, List<Run> done) {
        List<Recipe> recipes = List.of(row.recipe().ofPhase1(), row.recipe().ofPhase2(), row.recipe());
        List<Run> runs = new ArrayList<>();
        for (Recipe recipe : recipes.subList(0, row.measured().phases())) {
            String phase = Phase.values()[runs.size()].toString();
            String parent = runs.isEmpty() ? null : runs.getLast().id();
            Map<String, Object> config = recipe.toMap();
            Optional<Run> run = done.stream().filter(each -> each.phase().equals(phase) && each.seed() == seed
                    && Objects.equals(each.parent(), parent) && each.config().equals(config)).findFirst();
            if (run.isEmpty()) {
                break;
            }
            runs.add(run.get());
        }
        return runs;
    }

    List<Bundle> bundles(List<Run> runs) {
        return runs.stream().map(run -> workplace.store().artifacts().read(run.bundle(), Bundle::read)).toList();
    }
}
