package io.padrec.phases;

import io.padrec.core.PadrecException;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.store.Event;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.padrec.training.Recipe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** How runs begin: phase 1 from a snapshot, the others from the run before, by whose recipe and seed they go on. */
@ApplicationScoped
class Beginnings {
    /** What a run of phase 1 is made from, in events and requests. */
    static final Set<String> INGREDIENTS = Set.of("dataset", "snapshot", "recipe", "backbone", "epochs", "seed");
    private static final int MOST_EPOCHS = 10_000;

    @Inject
    Runs runs;

    @Inject
    Snapshots snapshots;

    @Inject
    TrainingDefaults defaults;

    /** What a run is made from, so that equal ones are one run. */
    private record Ingredients(Phase phase, String dataset, String snapshot, Map<String, Object> config, long seed, String parent) {
        private boolean made(Run run) {
            return Phase.of(run) == phase && run.dataset().equals(dataset) && run.config().equals(config) && run.seed() == seed
                    && (parent == null ? run.parent() == null : parent.equals(run.parent()));
        }
    }

    /**
     * Begins the run that an event calls for.
     *
     * @throws Problem         where its data are not what they must be
     * @throws PadrecException where what it refers to is not there
     */
    Run by(Phase phase, Event event) {
        if (event.type().equals(phase.requested())) {
            return asked(phase, event);
        }
        return begin(ingredients(phase, event), event.traceparent());
    }

    /** The run of an event that took effect before; empty where there is none (any more). Nothing changes. */
    Optional<Run> madeBy(Phase phase, Event event) {
        if (event.type().equals(phase.requested())) {
            return Optional.of(asked(phase, event));
        }
        Ingredients ingredients = ingredients(phase, event);
        return runs.ofSnapshot(ingredients.snapshot()).stream().filter(ingredients::made).findFirst();
    }

    private Ingredients ingredients(Phase phase, Event event) {
        if (phase == Phase.PRETRAIN) {
            Map<String, Object> data = new HashMap<>(event.data());
            data.keySet().retainAll(INGREDIENTS);
            return ofSnapshot(Fields.of(data, INGREDIENTS), (field, detail) -> Problem.impossible(detail));
        }
        return after(found(run(event)), phase);
    }

    /** The run that was begun when it was asked for. */
    private Run asked(Phase phase, Event event) {
        Run run = found(run(event));
        if (Phase.of(run) != phase) {
            throw new PadrecException("run '" + run.id() + "' is of phase " + run.phase() + ", not " + phase);
        }
        return run;
    }

    private static String run(Event event) {
        return event.data().get("run") instanceof String run ? run
                : missing("run", "the event's data name no run");
    }

    private static String missing(String field, String detail) {
        throw Problem.wrong(field, detail);
    }

    private Run found(String id) {
        return runs.find(id).orElseThrow(() -> Problem.impossible("there is no run " + Fields.quoted(id)));
    }

    /**
     * Begins a run of phase 1.
     *
     * @param fields {@link #INGREDIENTS}: a snapshot, or a dataset whose newest one is taken
     * @throws Problem where a field is wrong, or names what is not there
     */
    Run first(Fields fields, String traceparent) {
        return begin(ofSnapshot(fields, Problem::notFound), traceparent);
    }

    /** @param lacking what to answer where a field names what is not there; 404 would have a broker send an event again */
    private Ingredients ofSnapshot(Fields fields, BiFunction<String, String, Problem> lacking) {
        SnapshotRecord snapshot = snapshot(fields.text("snapshot"), fields.text("dataset"), lacking);
        int epochs = fields.count("epochs", 0, MOST_EPOCHS);
        Recipe recipe = defaults.recipe(fields.text("recipe"), fields.text("backbone"),
                epochs == 0 ? Optional.empty() : Optional.of(epochs));
        return new Ingredients(Phase.PRETRAIN, snapshot.dataset(), snapshot.hash(), recipe.toMap(),
                defaults.seed(fields.whole("seed")), null);
    }

    private SnapshotRecord snapshot(Optional<String> hash, Optional<String> dataset,
            BiFunction<String, String, Problem> lacking) {
        if (hash.isEmpty()) {
            String name = dataset.orElseGet(() -> missing("dataset",
                    "neither snapshot nor dataset is given; give a snapshot's hash, or a dataset to train on its newest one"));
            return snapshots.newest(name).orElseThrow(() -> lacking.apply("dataset", "dataset " + Fields.quoted(name)
                    + " has no snapshot; POST /snapshots to ingest cuts one"));
        }
        List<SnapshotRecord> found = snapshots.list().stream().filter(snapshot -> snapshot.hash().equals(hash.get()))
                .filter(snapshot -> dataset.isEmpty() || snapshot.dataset().equals(dataset.get())).toList();
        if (found.isEmpty()) {
            throw lacking.apply("snapshot", "there is no snapshot " + Fields.quoted(hash.get())
                    + dataset.map(name -> " of dataset " + Fields.quoted(name)).orElse(""));
        }
        if (found.size() > 1) {
            throw Problem.wrong("dataset", "several datasets have this snapshot; name one of "
                    + String.join(", ", found.stream().map(SnapshotRecord::dataset).toList()));
        }
        return found.getFirst();
    }

    /**
     * Begins a run from the one before.
     *
     * @param id the run before
     * @throws Problem where there is no such run, or it is of another phase or has not succeeded
     */
    Run next(Phase phase, String id, String traceparent) {
        Run before = runs.find(id).orElseThrow(() -> Problem.notFound("run", "there is no run " + Fields.quoted(id)));
        Ingredients ingredients = after(before, phase);
        if (before.state() != Run.State.SUCCEEDED) {
            throw Problem.impossible("run '" + id + "' is " + before.state() + "; phase " + phase
                    + " starts from one that SUCCEEDED");
        }
        return begin(ingredients, traceparent);
    }

    private static Ingredients after(Run before, Phase phase) {
        if (Phase.of(before) != phase.before()) {
            throw Problem.impossible("run '" + before.id() + "' is of phase " + before.phase() + "; phase " + phase
                    + " starts from a run of phase " + phase.before());
        }
        return new Ingredients(phase, before.dataset(), before.snapshot(), before.config(), before.seed(), before.id());
    }

    private Run begin(Ingredients i, String traceparent) {
        return runs.begin(i.phase().toString(), i.dataset(), i.snapshot(), i.config(), i.seed(), i.parent(), traceparent);
    }
}
