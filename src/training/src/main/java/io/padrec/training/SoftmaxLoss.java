package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * Full cross-entropy over all candidates: -log softmax(states · tableᵀ)[target]. The gradient is written in closed form,
 * (softmax - onehot) times the other side, because autograd would keep and walk the [P, R] logits three times more.
 *
 * @param offsets what is added to each item's scores here alone, [N + 1, 1]; null for nothing
 */
record SoftmaxLoss(NDArray offsets) implements Loss {
    private static final float NEVER = -1e9f;

    @Override
    public Negatives negatives() {
        return Negatives.ALL;
    }

    @Override
    public Value of(NDArray states, NDArray table, Rows rows, NDArray targets, NDArray negatives, NDArray weights) {
        NDArray u = states.stopGradient();
        NDArray v = table.stopGradient();
        NDArray logits = u.matMul(v.transpose());                                  // [P, R]
        if (offsets != null) {
            logits.addi(rows.of(offsets).reshape(1, -1));
        }
        logits.get(":, 0").addi(NEVER);                                            // padding is no candidate
        NDArray positive = Loss.scores(states, table, targets);                    // [P]
        NDArray probabilities = logits.softmax(1);
        NDArray value = Torch.rows(probabilities.reshape(-1, 1),
                targets.add(rowStarts(targets, v.getShape().get(0)))).reshape(-1).add(1e-30f).log().neg().mul(weights).sum();
        NDArray weighted = probabilities.muli(weights.reshape(-1, 1));             // [P, R]
        NDArray gradientOfStates = weighted.matMul(v);                             // [P, W]
        NDArray gradientOfTable = weighted.transpose().matMul(u);                  // [R, W]
        NDArray surrogate = states.mul(gradientOfStates).sum().add(table.mul(gradientOfTable).sum())
                .sub(positive.mul(weights).sum());
        return new Value(surrogate, value);
    }

    private static NDArray rowStarts(NDArray targets, long rows) {
        int tokens = Math.toIntExact(targets.size());
        return targets.getManager().arange(0, (int) (tokens * rows), (int) rows, targets.getDataType());
    }
}
