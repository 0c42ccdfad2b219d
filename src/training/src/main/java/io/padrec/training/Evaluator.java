package io.padrec.training;

import ai.djl.ndarray.NDManager;
import io.padrec.core.Bundle;
import io.padrec.core.FullRanking;
import io.padrec.core.PadrecException;
import io.padrec.core.Ranks;
import io.padrec.core.Snapshot;
import io.padrec.core.Split;
import io.padrec.core.Split.Stage;
import io.padrec.training.Variant.Measured;
import java.util.List;

/** Ranks the test items of one snapshot's users, by models as they are served. For the thread that opened it. */
public final class Evaluator implements AutoCloseable {
    private final Snapshot snapshot;
    private final String hash;
    private final Split split;
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
        return List.of(
                new Row("popularity", popularity()),
                new Row("text-knn", textNeighbours(Bundles.length(finetuned))),
                new Row(Bundles.backbone(pretrained, Towers.ID).title(), ranks(pretrained, Measured.ID)),
                new Row("text", ranks(pretrained, Measured.TEXT)),
                new Row("aligned", ranks(aligned, Measured.ALIGNED)),
                new Row("PAD", ranks(finetuned, Measured.PAD)));
    }

    /** Ranks by training frequency. */
    public Ranks popularity() {
        return ranks(Baselines.popularity(snapshot.bins(), snapshot.items()));
    }

    /**
     * Ranks by nearest text, without training.
     *
     * @param length L
     */
    public Ranks textNeighbours(int length) {
        Whitening whitening = Whitening.fit(manager, snapshot.text(), snapshot.textWidth());
        return ranks(Baselines.textNeighbours(manager, whitening.apply(manager, snapshot.text()), snapshot.items(), length));
    }

    /**
     * Ranks by one model of a bundle.
     *
     * @param bundle of the phase that makes that model
     * @throws PadrecException where the bundle was not made from this snapshot
     */
    public Ranks ranks(Bundle bundle, Measured model) {
        Bundles.check(bundle, hash);
        Recommender recommender = switch (model) {
            case ID -> Bundles.recommender(bundle, List.of(Towers.ID), manager);
            case TEXT -> Bundles.recommender(bundle, List.of(Towers.TEXT), manager);
            case ALIGNED -> Bundles.recommender(bundle, List.of(Towers.ALIGNED), manager);
            case PAD -> Bundles.recommender(bundle, manager);
            case POPULARITY, TEXT_KNN -> throw new IllegalArgumentException(model + " is no model of a bundle");
        };
        return recommender.evaluate(split, Stage.TEST);
    }

    private Ranks ranks(FullRanking.Scorer scorer) {
        return FullRanking.evaluate(split, Stage.TEST, snapshot.items(), scorer);
    }

    /**
     * Ranks by a fine-tuned model of any snapshot, as it would be served here: it knows items by their ids, and those of its own
     * snapshot alone. Items that it does not know rank last, and such a target is a miss; so is the target of a user of whose
     * history it knows nothing. A model of this snapshot has the ranks of {@link #evaluate}.
     */
    public Ranks rank(Bundle finetuned) {
        Translation translation = new Translation(snapshot.catalogue(), Bundles.catalogue(finetuned));
        return Bundles.recommender(finetuned, manager).scoring(scorer ->
                FullRanking.evaluate(split, Stage.TEST, snapshot.items(), translation.over(scorer)));
    }

    /** Frees its memory. */
    @Override
    public void close() {
        manager.close();
    }
}
