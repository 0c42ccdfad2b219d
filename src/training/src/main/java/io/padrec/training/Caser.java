package io.padrec.training;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Convolutional sequence embedding (Tang and Wang, 2018) over the window E [w, D] of the w newest items' vectors, zeros where
 * the history is shorter: horizontal filters, n of each height 1..w, slide over neighbouring items, and each is ReLU'd and
 * max-pooled over its places; vertical filters weigh the w items, E' = V E; a fully connected layer makes the state of both,
 * side by side, normalised as SASRec's (see {@link Gru4Rec}). The paper's user embedding is left out: who comes after training
 * must be served too.
 *
 * <p>A state is that of the window that ends at its token, so that one pass trains on every position.
 *
 * @param width      D
 * @param length     L, longest history in a batch
 * @param window     w, newest items that a state sees
 * @param horizontal n, filters of each height
 * @param vertical   vertical filters
 */
record Caser(int width, int length, int window, int horizontal, int vertical) implements Backbone {

    @Override
    public void create(Parameters p, String prefix) {
        for (int height = 1; height <= window; height++) {
            p.xavier(prefix + "horizontal." + height + ".weight", horizontal, height * width);
            p.constant(prefix + "horizontal." + height + ".bias", 0, horizontal);
        }
        p.xavier(prefix + "vertical", vertical, window);
        p.xavier(prefix + "output.weight", width, vertical * width + horizontal * window);
        p.constant(prefix + "output.bias", 0, width);
        p.constant(prefix + "norm.weight", 1, width);
        p.constant(prefix + "norm.bias", 0, width);
    }

    @Override
    public NDArray states(Parameters p, String prefix, NDArray vectors, Batch batch, float dropout) {
        NDArray windows = Torch.rows(Torch.concat(0, Torch.zeros(vectors, 1, width), vectors), batch.windows(window))
                .reshape(-1, (long) window * width);                                             // [P, w * D]
        List<NDArray> features = new ArrayList<>();
        features.add(p.get(prefix + "vertical").matMul(windows.reshape(-1, window, width))
                .reshape(-1, (long) vertical * width));                                          // [P, V * D]
        features.addAll(pooled(p, prefix + "horizontal.", windows));                             // [P, n] of each height
        NDArray output = Torch.linear(Torch.dropout(Torch.concat(1, features.toArray(NDArray[]::new)), dropout),
                p.get(prefix + "output.weight"), p.get(prefix + "output.bias"));                 // [P, D]
        return Torch.layerNorm(output, p.get(prefix + "norm.weight"), p.get(prefix + "norm.bias"));
    }

    /**
     * All convolutions in one product: a filter of height h has a row for each of its w - h + 1 places in the window, with
     * zeros before and after.
     */
    private List<NDArray> pooled(Parameters p, String prefix, NDArray windows) {
        List<NDArray> filters = new ArrayList<>();
        List<NDArray> biases = new ArrayList<>();
        for (int height = 1; height <= window; height++) {
            for (int place = 0; place <= window - height; place++) {
                filters.add(placed(p.get(prefix + height + ".weight"), place, window - height - place));
                biases.add(p.get(prefix + height + ".bias"));
            }
        }
        NDArray found = Torch.relu(Torch.linear(windows, Torch.concat(0, filters.toArray(NDArray[]::new)),
                Torch.concat(0, biases.toArray(NDArray[]::new))));
        List<NDArray> pooled = new ArrayList<>();
        int from = 0;
        for (int height = 1; height <= window; height++) {
            int places = window - height + 1;
            int to = from + places * horizontal;
            pooled.add(found.get(":, " + from + ":" + to).reshape(-1, places, horizontal).max(new int[] {1}));
            from = to;
        }
        return pooled;
    }

    /** The filters' rows in the window's width, so many items from its beginning and its end. */
    private NDArray placed(NDArray weight, int before, int after) {
        List<NDArray> parts = new ArrayList<>();
        if (before > 0) {
            parts.add(Torch.zeros(weight, horizontal, before * width));
        }
        parts.add(weight);
        if (after > 0) {
            parts.add(Torch.zeros(weight, horizontal, after * width));
        }
        return Torch.concat(1, parts.toArray(NDArray[]::new));                                   // [n, w * D]
    }

    @Override
    public Map<String, Object> describe() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("backbone", "caser");
        map.put("width", width);
        map.put("length", length);
        map.put("window", window);
        map.put("horizontal", horizontal);
        map.put("vertical", vertical);
        return map;
    }
}
