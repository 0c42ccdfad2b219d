package io.padrec.standalone.reproduce;

import io.padrec.core.Bundle;
import io.padrec.phases.Phase;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.standalone.pipeline.TrainSteps;
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

/** The runs that make the models of rows. A phase that several rows share is one run. */
final class RowRuns {
    private final Workplace workplace;
    private final Plan plan;
    private final SnapshotRecord snapshot;

    /** @param plan its recipe and seed are not used */
    RowRuns(Workplace workplace, Plan plan, SnapshotRecord snapshot) {
        this.workplace = workplace;
        this.plan = plan;
        this.snapshot = snapshot;
    }

    /** The runs of the phases that make a row's model, trained where they are not yet. */
    List<Run> trained(Variant row, long seed) {
        return trained(row.recipe(), row.measured().phases(), seed);
    }

    /** The same of phases 1 and 2 alone. */
    List<Run> aligned(Variant row, long seed) {
        return trained(row.recipe(), 2, seed);
    }

    private List<Run> trained(Recipe recipe, int phases, long seed) {
        List<Run> runs = new ArrayList<>();
        if (phases > 0) {
            runs.add(steps(recipe.ofPhase1(), seed).pretrain());
        }
        if (phases > 1) {
            runs.add(steps(recipe.ofPhase2(), seed).align(runs.getLast()));
        }
        if (phases > 2) {
            runs.add(steps(recipe, seed).finetune(runs.getLast()));
        }
        return runs;
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

    private TrainSteps steps(Recipe recipe, long seed) {
        return new TrainSteps(workplace, plan.with(recipe, seed), snapshot);
    }

    List<Bundle> bundles(List<Run> runs) {
        return runs.stream().map(run -> workplace.store().artifacts().read(run.bundle(), Bundle::read)).toList();
    }
}
