package io.padrec.ranking;

import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.PadrecException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fine-tuned model in memory: a history to the items to recommend, by exact scoring of every item. Immutable and safe to
 * use from many threads; it holds nothing that must be closed.
 */
public final class Ranker {
    private final Map<String, Object> manifest;
    private final Catalogue catalogue;
    private final List<Expert> experts;
    private final Weights gate;
    private final Weights unitLength;

    private Ranker(ModelReader model) {
        this.manifest = model.manifest();
        this.catalogue = model.catalogue();
        this.experts = model.experts();
        this.gate = model.gate(experts.size());
        this.unitLength = Weights.UnitLength.of(experts, catalogue.size());
    }

    /**
     * Reads the bundle of phase finetune in {@code folder}.
     *
     * @throws PadrecException where it is missing, damaged, of another phase, or lacks something that serving needs
     */
    public static Ranker load(Path folder) {
        return of(Bundle.read(folder), folder.toString());
    }

    /**
     * A ranker on the bundle's own arrays, which nobody may change from here on.
     *
     * @param name what messages call the bundle
     * @throws PadrecException as {@link #load}
     */
    public static Ranker of(Bundle bundle, String name) {
        return new Ranker(new ModelReader(bundle, name));
    }

    /** What the bundle's manifest says of the model: dataset, snapshot, recipe, seed, metrics. */
    public Map<String, Object> manifest() {
        return manifest;
    }

    /** The items that it ranks. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** The experts' names, in the order of {@link Recommendation#shares()}. */
    public List<String> experts() {
        return experts.stream().map(Expert::name).toList();
    }

    /**
     * The best {@code k} items for a history, best first; equal scores by rising item number. Items of the history are left
     * out, all of them, though the encoders see the newest alone.
     *
     * @param history item numbers 1..N, oldest first; duplicates allowed
     * @param k       at least 1; with fewer items to recommend the list is shorter
     * @return empty where the history is: nothing is known, so nothing is ranked
     * @throws IllegalArgumentException where k or an item number is out of range
     */
    public List<Recommendation> recommend(int[] history, int k) {
        checkHistory(history);
        checkK(k);
        if (history.length == 0) {
            return List.of();
        }
        return ranked(scan(history), k, history);
    }

    /**
     * The scores of all items for a history, none left out, [N + 1]; index 0 (padding) is 0. For evaluation.
     *
     * @param history item numbers 1..N, oldest first; all scores are 0 where it is empty
     */
    public float[] scores(int[] history) {
        checkHistory(history);
        return scan(history).scores();
    }

    /**
     * The {@code k} items most alike to {@code item}, best first, without itself. Likeness is the cosine of the experts' item
     * vectors side by side, each expert's scaled to the same length first; so every expert has the same say, the score lies in
     * [-1, 1], and an item never seen in training (no id vector) is still found by its text. The gated rows would not do: their
     * scale is that of one side of a product with a user's vector, not a measure of how much an expert knows of two items.
     *
     * @return empty where no expert has a vector of the item
     * @throws IllegalArgumentException where k or the item number is out of range
     */
    public List<Recommendation> similar(int item, int k) {
        int[] self = {item};
        checkHistory(self);
        checkK(k);
        float[][] queries = new float[experts.size()][];
        boolean known = false;
        for (int expert = 0; expert < queries.length; expert++) {
            float scale = unitLength.of(expert, item);
            known |= scale > 0;
            queries[expert] = experts.get(expert).vector(item);
            for (int i = 0; i < queries[expert].length; i++) {
                queries[expert][i] *= scale;
            }
        }
        return known ? ranked(new Scan(experts, queries, unitLength, catalogue.size()), k, self) : List.of();
    }

    private Scan scan(int[] history) {
        float[][] users = new float[experts.size()][];
        for (int k = 0; k < users.length; k++) {
            users[k] = experts.get(k).encode(history);
        }
        return new Scan(experts, users, gate, catalogue.size());
    }

    private static List<Recommendation> ranked(Scan scan, int k, int[] masked) {
        TopItems best = scan.best(k, masked);
        List<Recommendation> ranked = new ArrayList<>(best.size());
        while (best.size() > 0) {
            float score = best.worstScore();
            int item = best.takeWorst();
            ranked.add(new Recommendation(item, score, scan.shares(item)));
        }
        return ranked.reversed();
    }

    private void checkHistory(int[] history) {
        for (int item : history) {
            if (item < 1 || item > catalogue.size()) {
                throw new IllegalArgumentException("item number " + item + " is not in 1.." + catalogue.size());
            }
        }
    }

    private static void checkK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + ", but must be at least 1");
        }
    }
}
