package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.padrec.core.FullRanking;
import io.padrec.core.Ranks;
import io.padrec.core.Split;
import io.padrec.core.Split.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Experts whose scores a gate adds up: score(i) = Σ_k g_k(bin(i)) · ⟨u_k, v_k,i⟩ (PAD, section 4). Since the gate depends on
 * the candidate alone, the sum is one inner product of the experts' states side by side, [P, ΣD], with the gated item vectors
 * side by side, [R, ΣD]; and what the gate makes of the history's newest item scales the states. One expert alone is the case
 * K = 1.
 */
final class Recommender {
    /**
     * @param states  the experts' states side by side, [P, ΣD]
     * @param table   gated item vectors side by side, [R, ΣD]
     * @param vectors each expert's item vectors before gating
     */
    record Forward(NDArray states, NDArray table, List<ItemVectors.Vectors> vectors) {
    }

    private final List<Expert> experts;
    private final Parameters parameters;
    private final Gate gate;
    private final int[] bins;
    private final int items;
    private final int length;
    private final NDArray binOfItem;

    /**
     * @param parameters the experts' weights, and those of the gate where it has any
     * @param bins       each item's bin, [N + 1]
     * @param length     L
     */
    Recommender(List<Expert> experts, Parameters parameters, Gate gate, int[] bins, int length) {
        this.experts = experts;
        this.parameters = parameters;
        this.gate = gate;
        this.bins = bins;
        this.items = bins.length - 1;
        this.length = length;
        this.binOfItem = parameters.manager().create(bins).reshape(-1, 1);
    }

    Parameters parameters() {
        return parameters;
    }

    List<Expert> experts() {
        return experts;
    }

    /** The gate's weights as they are, [bins, K]. */
    NDArray gateWeights() {
        return gate.weights(parameters);
    }

    Rows allItems() {
        return new Rows(parameters.manager(), IntStream.rangeClosed(0, items).toArray(), items + 1, false);
    }

    Forward forward(Rows rows, Batch batch, float dropout) {
        List<ItemVectors.Vectors> vectors = new ArrayList<>();
        NDArray[] states = new NDArray[experts.size()];
        for (int k = 0; k < states.length; k++) {
            vectors.add(experts.get(k).vectors(parameters, rows, dropout));
            states[k] = experts.get(k).states(parameters, vectors.get(k).items(), batch, dropout);
        }
        return new Forward(Torch.concat(1, states), gated(rows, vectors.stream().map(ItemVectors.Vectors::items).toList()),
                vectors);
    }

    /** The experts' item vectors [R, D] side by side, each times its gate. */
    NDArray gated(Rows rows, List<NDArray> tables) {
        if (tables.size() == 1) {
            return tables.getFirst();
        }
        NDArray weights = Torch.rows(gateWeights(), rows.of(binOfItem).reshape(-1));             // [R, K]
        NDArray[] gated = new NDArray[tables.size()];
        for (int k = 0; k < gated.length; k++) {
            gated[k] = tables.get(k).mul(weights.get(":, " + k + ":" + (k + 1)));
        }
        return Torch.concat(1, gated);
    }

    /** Each expert's vectors of every item, [N + 1, D]. */
    List<NDArray> tables() {
        Rows rows = allItems();
        return experts.stream().map(e -> e.vectors(parameters, rows, 0).items()).toList();
    }

    /** What the gate makes of histories, [bins, K] row by row; null for nothing. */
    float[] gateOfHistories() {
        return gate.ofHistories();
    }

    /** Each expert's states [B, D] at the histories' newest items, scaled by the gate, given every item's vectors. */
    List<NDArray> newestStatesOfEach(List<NDArray> tables, int[][] histories) {
        int[][] windows = Arrays.stream(histories)
                .map(h -> h.length <= length ? h : Arrays.copyOfRange(h, h.length - length, h.length)).toArray(int[][]::new);
        Batch batch = new Batch(parameters.manager(), windows, length, true);
        return IntStream.range(0, experts.size())
                .mapToObj(k -> gatedByHistory(k, Torch.rows(experts.get(k).states(parameters, tables.get(k), batch, 0), batch.last),
                        histories)).toList();
    }

    private NDArray gatedByHistory(int expert, NDArray states, int[][] histories) {
        float[] factors = gate.ofHistories();
        if (factors == null) {
            return states;
        }
        float[] factor = new float[histories.length];
        for (int b = 0; b < factor.length; b++) {
            factor[b] = factors[bins[histories[b][histories[b].length - 1]] * experts.size() + expert];
        }
        return states.mul(parameters.manager().create(factor, new Shape(factor.length, 1)));
    }

    /** Ranks the stage's targets with the present weights. */
    Ranks evaluate(Split split, Stage stage) {
        return scoring(scorer -> FullRanking.evaluate(split, stage, items, scorer));
    }

    /** Lets {@code use} score histories with the present weights; the item vectors are computed once. */
    <T> T scoring(Function<FullRanking.Scorer, T> use) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<NDArray> tables = tables();
            NDArray gated = gated(allItems(), tables).transpose();
            return use.apply(histories -> {
                try (NDScope inner = new NDScope()) {
                    inner.suppressNotUsedWarning();
                    NDArray[] states = newestStatesOfEach(tables, histories).toArray(NDArray[]::new);
                    return Torch.concat(1, states).matMul(gated).toFloatArray();
                }
            });
        }
    }
}
