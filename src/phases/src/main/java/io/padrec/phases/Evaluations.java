package io.padrec.phases;

import io.padrec.core.Bundle;
import io.padrec.core.Snapshot;
import io.padrec.core.Split;
import io.padrec.store.Model;
import io.padrec.store.Run;
import io.padrec.store.SnapshotRecord;
import io.padrec.store.Snapshots;
import io.padrec.training.Evaluator;
import io.padrec.training.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures what the phases made on the test items. */
@ApplicationScoped
public class Evaluations {
    @Inject
    Phases phases;

    @Inject
    Snapshots snapshots;

    @Inject
    RunFiles files;

    /** The evaluation of a run of phase finetune, as {@link Evaluation} has it; empty where it was not evaluated yet. */
    public Optional<Map<String, Object>> find(Run finetuned) {
        return files.keptEvaluation(finetuned.id());
    }

    /**
     * Ranks the test items by every model of the report. Done once: the file of an evaluation is a function of the run, and so
     * the same whoever writes it and however often.
     *
     * @param finetuned a run of phase finetune whose bundle is kept, whether it has succeeded or is yet to be ended
     */
    public Map<String, Object> of(Run finetuned, Settings settings) {
        return find(finetuned).orElseGet(() -> {
            files.keepEvaluation(finetuned.id(), evaluate(finetuned, settings));
            return find(finetuned).orElseThrow();
        });
    }

    private Map<String, Object> evaluate(Run finetuned, Settings settings) {
        Run aligned = phases.parent(finetuned);
        Run pretrained = phases.parent(aligned);
        Snapshot snapshot = snapshots.read(finetuned.snapshot());
        try (Evaluator evaluator = Evaluator.open(snapshot, finetuned.snapshot(), settings)) {
            return Evaluation.of(evaluator.evaluate(phases.bundle(pretrained), phases.bundle(aligned),
                    files.read(RunFiles.bundle(finetuned.id()))), snapshot.bins());
        }
    }

    /**
     * The model's nDCG@10 on the test items of any snapshot of its dataset. Empty where its own snapshot was split in another way:
     * then what is held out here may have trained it.
     */
    OptionalDouble ndcg10(Model model, String snapshot, Settings settings) {
        Bundle bundle = files.read(model.bundle());
        Optional<Split.Kind> here = split(snapshot, model.dataset());
        Optional<Split.Kind> there = split(String.valueOf(bundle.manifest().get("snapshot")), model.dataset());
        if (there.isPresent() && !there.equals(here)) {
            return OptionalDouble.empty();
        }
        try (Evaluator evaluator = Evaluator.open(snapshots.read(snapshot), snapshot, settings)) {
            return OptionalDouble.of(evaluator.rank(bundle).ndcg(10));
        }
    }

    /** Empty where this store has no such snapshot, as of a model from elsewhere. */
    private Optional<Split.Kind> split(String snapshot, String dataset) {
        return snapshots.find(snapshot, dataset).map(SnapshotRecord::split);
    }
}
