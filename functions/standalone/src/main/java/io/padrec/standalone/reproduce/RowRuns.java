package io.padrec.standalone.reproduce;

import io.padrec.core.Bundle;
import io.padrec.standalone.pipeline.Plan;
import io.padrec.standalone.pipeline.TrainSteps;
import io.padrec.standalone.pipeline.Workplace;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import io.padrec.training.Recipe;
import io.padrec.training.Variant;
import java.util.ArrayList;
import java.util.List;

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

    private TrainSteps steps(Recipe recipe, long seed) {
        return new TrainSteps(workplace, new Plan(plan.dataset(), plan.embeddings(), recipe, seed, plan.settings()), snapshot);
    }

    List<Bundle> bundles(List<Run> runs) {
        return runs.stream().map(run -> workplace.store().artifacts().read(run.bundle(), Bundle::read)).toList();
    }
}
