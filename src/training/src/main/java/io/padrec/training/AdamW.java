package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.padrec.core.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AdamW (Loshchilov and Hutter, 2019): beta 0.9 and 0.999, epsilon 1e-8, decoupled weight decay. Written in place, because
 * DJL's own update is several times slower on large tables.
 */
final class AdamW implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final Map<String, NDArray> weights;
    private final NDManager manager;
    private final float weightDecay;
    private final Map<String, NDArray> first = new LinkedHashMap<>();
    private final Map<String, NDArray> second = new LinkedHashMap<>();
    private int steps;

    AdamW(Parameters parameters, float weightDecay) {
        this.weights = parameters.trainable();
        this.manager = parameters.manager().newSubManager();
        this.weightDecay = weightDecay;
        weights.forEach((name, array) -> {
            first.put(name, manager.zeros(array.getShape()));
            second.put(name, manager.zeros(array.getShape()));
        });
    }

    /** One update from the gradients at hand, which are zeroed afterwards. */
    void step(float learningRate) {
        steps++;
        float correction1 = (float) (1 - Math.pow(BETA1, steps));
        float correction2 = (float) Math.sqrt(1 - Math.pow(BETA2, steps));
        weights.forEach((name, array) -> {
            try (NDArray gradient = array.getGradient()) {
                NDArray m = first.get(name);
                NDArray v = second.get(name);
                m.muli(BETA1).addi(gradient.mul(1 - BETA1));
                v.muli(BETA2).addi(gradient.square().muli(1 - BETA2));
                NDArray update = m.div(v.sqrt().addi(EPSILON * correction2)).muli(learningRate * correction2 / correction1);
                array.muli(1 - learningRate * weightDecay).subi(update);
                gradient.muli(0f);
            }
        });
    }

    int steps() {
        return steps;
    }

    Map<String, Tensor> save(String prefix) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        first.forEach((name, array) -> tensors.put(prefix + "first." + name, Parameters.tensor(array)));
        second.forEach((name, array) -> tensors.put(prefix + "second." + name, Parameters.tensor(array)));
        return tensors;
    }

    void load(Map<String, Tensor> tensors, String prefix, int steps) {
        this.steps = steps;
        first.forEach((name, array) -> Parameters.assign(array,
                ((Tensor.Floats) tensors.get(prefix + "first." + name)).data()));
        second.forEach((name, array) -> Parameters.assign(array,
                ((Tensor.Floats) tensors.get(prefix + "second." + name)).data()));
    }

    @Override
    public void close() {
        manager.close();
    }
}
