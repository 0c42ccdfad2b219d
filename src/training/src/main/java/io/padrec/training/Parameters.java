package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.padrec.core.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A model's weights by name, trainable unless frozen. Initial values come from Java's own generator, one stream a name, so
 * they depend on seed and name alone and not on the device or the order of creation.
 */
final class Parameters {
    private final NDManager manager;
    private final long seed;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final Set<String> frozen = new HashSet<>();

    Parameters(NDManager manager, long seed) {
        this.manager = manager;
        this.seed = seed;
    }

    NDManager manager() {
        return manager;
    }

    NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no parameter '" + name + "' among " + arrays.keySet());
        }
        return array;
    }

    Map<String, NDArray> all() {
        return arrays;
    }

    /** The weights that training changes. */
    Map<String, NDArray> trainable() {
        Map<String, NDArray> trainable = new LinkedHashMap<>(arrays);
        trainable.keySet().removeAll(frozen);
        return trainable;
    }

    /** Leaves the named weights as they are from now on. */
    void freeze(Predicate<String> which) {
        arrays.keySet().stream().filter(which).forEach(name -> {
            get(name).setRequiresGradient(false);
            frozen.add(name);
        });
    }

    void constant(String name, float value, int... shape) {
        float[] data = new float[size(shape)];
        Arrays.fill(data, value);
        put(name, data, shape);
    }

    void normal(String name, double deviation, int... shape) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, name.hashCode()));
        float[] data = new float[size(shape)];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (deviation * random.nextGaussian());
        }
        put(name, data, shape);
    }

    /** Xavier-normal for a weight [out, in]: deviation sqrt(2 / (in + out)). */
    void xavier(String name, int out, int in) {
        normal(name, Math.sqrt(2.0 / (in + out)), out, in);
    }

    /** Sets rows of a matrix to zero. */
    void zeroRows(String name, int... rows) {
        NDArray array = get(name);
        int width = Math.toIntExact(array.getShape().get(1));
        float[] data = values(array);
        for (int row : rows) {
            Arrays.fill(data, row * width, (row + 1) * width, 0);
        }
        assign(array, data);
    }

    /** Gives an array other (finite) values. NDArray.set does so too, but makes libtorch complain on the console. */
    static void assign(NDArray array, float[] data) {
        try (NDArray values = array.getManager().create(data, array.getShape())) {
            array.muli(0f).addi(values);
        }
    }

    void put(String name, float[] data, int... shape) {
        long[] dimensions = Arrays.stream(shape).asLongStream().toArray();
        NDArray array = manager.create(data, new Shape(dimensions));
        array.setRequiresGradient(true);
        NDArray before = arrays.put(name, array);
        if (before != null) {
            before.close();
        }
    }

    /** Sets the weights that {@code tensors} names, under the given prefix there. */
    void load(Map<String, Tensor> tensors, String prefix) {
        for (var entry : arrays.entrySet()) {
            Tensor.Floats tensor = (Tensor.Floats) tensors.get(prefix + entry.getKey());
            if (tensor == null || tensor.data().length != entry.getValue().size()) {
                throw new IllegalArgumentException("no weights for '" + prefix + entry.getKey() + "'");
            }
            assign(entry.getValue(), tensor.data());
        }
    }

    /** Sets every weight under {@code to} for which there is a tensor of the same name under {@code from}. */
    void copy(Map<String, Tensor> tensors, String from, String to) {
        arrays.forEach((name, array) -> {
            if (name.startsWith(to) && tensors.get(from + name.substring(to.length())) instanceof Tensor.Floats tensor) {
                assign(array, tensor.data());
            }
        });
    }

    /** Adds another model's weights to these; names may not meet. */
    void takeAll(Parameters other) {
        arrays.putAll(other.arrays);
    }

    Map<String, Tensor> save(String prefix) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        arrays.forEach((name, array) -> tensors.put(prefix + name, tensor(array)));
        return tensors;
    }

    static Tensor tensor(NDArray array) {
        if (array.getDataType() != DataType.FLOAT32) {
            throw new IllegalStateException("weights of type " + array.getDataType());
        }
        return Tensor.of(values(array), Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray());
    }

    /** In a scope of its own: an array on a GPU is copied first, and that copy would stay for as long as the weights. */
    private static float[] values(NDArray array) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return array.toFloatArray();
        }
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
