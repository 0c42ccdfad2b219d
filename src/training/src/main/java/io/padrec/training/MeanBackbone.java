package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The decayed mean of the history's item vectors, u = Σ decay^age · v over the last L items (age 0 = newest), brought to
 * unit length. It has no weights: over whitened text it is the text nearest-neighbour recommender (PAD protocol, section 5).
 *
 * @param width  length of an item vector
 * @param length L
 */
record MeanBackbone(int width, int length, float decay) implements Backbone {

    @Override
    public void create(Parameters parameters, String prefix) {
        // Nothing to train.
    }

    @Override
    public NDArray states(Parameters parameters, String prefix, NDArray vectors, Batch batch, float dropout) {
        NDArray nothing = Torch.zeros(vectors, 1, width);
        NDArray padded = Torch.rows(Torch.concat(0, nothing, vectors), batch.tokenOfSlot)
                .reshape(batch.users, batch.slots, width);                                       // [B, S, W]
        NDArray visible = batch.mask.exp().reshape(batch.users, batch.slots, batch.slots);       // 1 or 0
        NDArray weights = visible.mul(parameters.manager().create(weights(batch.slots), new Shape(batch.slots, batch.slots)));
        NDArray means = weights.toType(vectors.getDataType(), false).matMul(padded)
                .reshape((long) batch.users * batch.slots, width);                               // [B * S, W]
        NDArray states = Torch.rows(means, batch.slotOfToken);                                   // [P, W]
        return states.div(states.square().sum(new int[] {1}, true).add(1e-24f).sqrt());
    }

    /** Row q holds the weight that slot s has for the state at slot q. */
    private float[] weights(int slots) {
        float[] weights = new float[slots * slots];
        for (int query = 0; query < slots; query++) {
            for (int slot = 0; slot < slots; slot++) {
                weights[query * slots + slot] = (float) Math.pow(decay, Math.abs(query - slot));
            }
        }
        return weights;
    }

    @Override
    public Map<String, Object> describe() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("backbone", "mean");
        map.put("width", width);
        map.put("length", length);
        map.put("decay", Double.valueOf(Float.toString(decay)));
        return map;
    }
}
