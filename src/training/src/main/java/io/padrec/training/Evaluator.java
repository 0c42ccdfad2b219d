package io.padrec.training;

import ai.djl.ndarray.NDManager;
import io.padrec.core.Bundle;
import io.padrec.core.FullRanking;
import io.padrec.core.LeaveOneOut;
import io.padrec.core.LeaveOneOut.Stage;
import io.padrec.core.PadrecException;
import io.padrec.core.Ranks;
import io.padrec.core.Snapshot;
import java.util.List;

/** Ranks the test items of one snapshot's users, by models as they are served. For the thread that opened it. */
public final class Evaluator implements AutoCloseable {
    private static final List<String> EXPERTS = List.of(Towers.ID, Towers.ALIGNED, Towers.TEXT);

    private final Snapshot snapshot;
    private final String hash;
    private final LeaveOneOut split;
    private final NDManager manager;

    private Evaluator(Snapshot snapshot, String hash, NDManager manager) {
        this.snapshot = snapshot;
        this.hash = hash;
        this.split = snapshot.split();
        this.manager = manager;
    }

    /**
     * @param hash the snapshot's hash, its name in bundles
     * @throws PadrecException where the device is not there
     */
    public static Evaluator open(Snapshot snapshot, String hash, Settings settings) {
        return new Evaluator(snapshot, hash, PyTorch.open(settings));
    }

    /**
     * Ranks by every model of the report.
     *
     * @throws PadrecException where a bundle was not made from this snapshot
     */
    public List<Row> evaluate(Bundle pretrained, Bundle aligned, Bundle finetuned) {
        Whitening whitening = Whitening.fit(manager, snapshot.text(), snapshot.textWidth());
        return List.of(
                row("popularity", Baselines.popularity(snapshot.bins(), snapshot.items())),
                row("text-knn", Baselines.textNeighbours(manager, whitening.apply(manager, snapshot.text()), snapshot.items(),
                        Bundles.length(finetuned))),
                row(Bundles.backbone(pretrained, Towers.ID).title(), pretrained, List.of(Towers.ID)),
                row("text", pretrained, List.of(Towers.TEXT)),
                row("aligned", aligned, List.of(Towers.ALIGNED)),
                row("PAD", finetuned, EXPERTS));
    }

    private Row row(String model, FullRanking.Scorer scorer) {
        return new Row(model, FullRanking.evaluate(split, Stage.TEST, snapshot.items(), scorer));
    }

    private Row row(String model, Bundle bundle, List<String> experts) {
        Bundles.check(bundle, hash);
        return new Row(model, Bundles.recommender(bundle, experts, manager).evaluate(split, Stage.TEST));
    }

    /**
     * Ranks by a fine-tuned model of any snapshot, as it would be served here: it knows items by their ids, and those of its own
     * snapshot alone. Items that it does not know rank last, and such a target is a miss; so is the target of a user of whose
     * history it knows nothing. A model of this snapshot has the ranks of {@link #evaluate}.
     */
    public Ranks rank(Bundle finetuned) {
        Translation translation = new Translation(snapshot.catalogue(), Bundles.catalogue(finetuned));
        return Bundles.recommender(finetuned, EXPERTS, manager).scoring(scorer ->
                FullRanking.evaluate(split, Stage.TEST, snapshot.items(), translation.over(scorer)));
    }

    /** Frees its memory. */
    @Override
    public void close() {
        manager.close();
    }
}
