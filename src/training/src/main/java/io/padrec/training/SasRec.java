package io.padrec.training;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Self-attentive sequential recommendation (Kang and McAuley, 2018) as PAD uses it (section 2): learned absolute positions,
 * LayerNorm, then post-norm blocks of causal self-attention without biases and a ReLU feed-forward layer of width 4D.
 *
 * @param width  D
 * @param length L
 * @param blocks number of blocks
 * @param heads  attention heads; D is a multiple of it
 */
record SasRec(int width, int length, int blocks, int heads) implements Backbone {

    @Override
    public void create(Parameters p, String prefix) {
        p.normal(prefix + "positions", 0.02, length, width);
        norm(p, prefix + "norm");
        for (int b = 0; b < blocks; b++) {
            String block = prefix + "blocks." + b;
            for (String name : new String[] {"query", "key", "value", "output"}) {
                p.xavier(block + ".attention." + name, width, width);
            }
            norm(p, block + ".attention.norm");
            p.xavier(block + ".feedforward.inner.weight", 4 * width, width);
            p.constant(block + ".feedforward.inner.bias", 0, 4 * width);
            p.xavier(block + ".feedforward.outer.weight", width, 4 * width);
            p.constant(block + ".feedforward.outer.bias", 0, width);
            norm(p, block + ".feedforward.norm");
        }
    }

    private void norm(Parameters p, String name) {
        p.constant(name + ".weight", 1, width);
        p.constant(name + ".bias", 0, width);
    }

    @Override
    public NDArray states(Parameters p, String prefix, NDArray vectors, Batch batch, float dropout) {
        NDArray x = vectors.add(Torch.rows(p.get(prefix + "positions"), batch.positions));       // [P, D]
        x = Torch.dropout(normed(p, prefix + "norm", x), dropout);
        for (int b = 0; b < blocks; b++) {
            String block = prefix + "blocks." + b;
            NDArray attended = attention(p, block + ".attention.", x, batch, dropout);
            x = normed(p, block + ".attention.norm", x.add(Torch.dropout(attended, dropout)));
            NDArray inner = Torch.relu(Torch.linear(x, p.get(block + ".feedforward.inner.weight"),
                    p.get(block + ".feedforward.inner.bias")));                                  // [P, 4D]
            NDArray outer = Torch.linear(inner, p.get(block + ".feedforward.outer.weight"),
                    p.get(block + ".feedforward.outer.bias"));                                   // [P, D]
            x = normed(p, block + ".feedforward.norm", x.add(Torch.dropout(outer, dropout)));
        }
        return x;
    }

    private NDArray attention(Parameters p, String prefix, NDArray x, Batch batch, float dropout) {
        NDArray weight = Torch.concat(0, p.get(prefix + "query"), p.get(prefix + "key"), p.get(prefix + "value"));
        NDArray packed = Torch.linear(x, weight, null);                                          // [P, 3D]
        NDArray nothing = Torch.zeros(x, 1, 3L * width);
        NDArray padded = Torch.rows(Torch.concat(0, nothing, packed), batch.tokenOfSlot)         // [B * S, 3D]
                .reshape(batch.users, batch.slots, 3, heads, width / heads)
                .transpose(2, 0, 3, 1, 4);                                                       // [3, B, H, S, D/H]
        NDArray query = Torch.times(padded.get(0), (float) (1 / Math.sqrt((double) width / heads)));
        NDArray scores = query.matMul(padded.get(1).swapAxes(2, 3)).add(batch.mask);             // [B, H, S, S]
        NDArray weights = Torch.dropout(scores.softmax(3), dropout);
        NDArray context = weights.matMul(padded.get(2)).transpose(0, 2, 1, 3)
                .reshape((long) batch.users * batch.slots, width);                               // [B * S, D]
        return Torch.linear(Torch.rows(context, batch.slotOfToken), p.get(prefix + "output"), null);
    }

    private static NDArray normed(Parameters p, String name, NDArray x) {
        return Torch.layerNorm(x, p.get(name + ".weight"), p.get(name + ".bias"));
    }

    @Override
    public Map<String, Object> describe() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("backbone", "sasrec");
        map.put("width", width);
        map.put("blocks", blocks);
        map.put("heads", heads);
        map.put("length", length);
        return map;
    }
}
