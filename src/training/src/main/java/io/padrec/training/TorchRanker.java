package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import java.util.Arrays;
import java.util.List;

/** A fine-tuned bundle's best items for a history on PyTorch, one history at a time: what serving without it is measured against. */
public final class TorchRanker implements AutoCloseable {
    private final NDManager manager;
    private final NDScope scope = new NDScope();
    private final Recommender recommender;
    private final List<NDArray> tables;
    private final NDArray gated;

    private TorchRanker(NDManager manager, Bundle bundle) {
        this.manager = manager;
        scope.suppressNotUsedWarning();
        this.recommender = Bundles.recommender(bundle, manager);
        this.tables = recommender.tables();
        this.gated = recommender.gated(recommender.allItems(), tables).transpose();
    }

    /** @throws PadrecException where the device is not there */
    public static TorchRanker open(Bundle bundle, Settings settings) {
        return new TorchRanker(PyTorch.open(settings), bundle);
    }

    /**
     * @param history item numbers, oldest first
     * @return the numbers of the best {@code k} items that are not in the history, best first
     */
    public int[] recommend(int[] history, int k) {
        try (NDScope inner = new NDScope()) {
            inner.suppressNotUsedWarning();
            NDArray[] states = recommender.newestStatesOfEach(tables, new int[][] {history}).toArray(NDArray[]::new);
            NDArray scores = Torch.concat(1, states).matMul(gated).reshape(-1);
            // Items of the history may be among the best, and are left out after.
            int most = Math.min(k + history.length + 1, (int) scores.size());
            long[] best = scores.topK(most, 0, true, true).get(1).toLongArray();
            return Arrays.stream(best).mapToInt(item -> (int) item)
                    .filter(item -> item > 0 && Arrays.stream(history).noneMatch(seen -> seen == item)).limit(k).toArray();
        }
    }

    /** Frees its memory. */
    @Override
    public void close() {
        scope.close();
        manager.close();
    }
}
