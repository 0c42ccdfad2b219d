package io.padrec.training;

import ai.djl.ndarray.NDManager;
import io.padrec.core.Snapshot;
import io.padrec.core.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The items' text as the experts' projections see it: the snapshot's vectors as they are, or whitened and brought to a
 * common length.
 *
 * @param whitening null where the vectors are left as they are
 * @param data      [N + 1, width], row 0 (padding) zero
 */
record TextFeatures(Whitening whitening, float[] data, int width) {
    /**
     * Length of a whitened vector that enters a projection. At length 1 the projected text starts far shorter than the id
     * vectors grow to be, and is learned too late; variance 1 along each of 384 axes would be 20.
     */
    private static final float LENGTH = 8;

    static TextFeatures of(NDManager manager, Snapshot snapshot, Recipe recipe) {
        if (!recipe.whitened()) {
            return new TextFeatures(null, snapshot.text(), snapshot.textWidth());
        }
        Whitening whitening = Whitening.fit(manager, snapshot.text(), snapshot.textWidth());
        float[] data = whitening.apply(manager, snapshot.text());
        for (int i = 0; i < data.length; i++) {
            data[i] *= LENGTH;
        }
        return new TextFeatures(whitening, data, whitening.width());
    }

    /** What turns a new item's text vector into features, for a bundle. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        if (whitening != null) {
            tensors.put("text.mean", Tensor.of(whitening.mean(), whitening.mean().length));
            tensors.put("text.whitening", Tensor.of(whitening.matrix(), width, whitening.mean().length));
            tensors.put("text.length", Tensor.of(new float[] {LENGTH}, 1));
        }
        return tensors;
    }
}
