package io.padrec.ranking;

import io.padrec.core.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A bundle's tensors by name, each checked when it is asked for. */
final class Tensors {
    private final Map<String, Tensor> tensors;
    private final Manifest manifest;

    Tensors(Map<String, Tensor> tensors, Manifest manifest) {
        this.tensors = tensors;
        this.manifest = manifest;
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** The named tensor's shape; empty where there are no such numbers. */
    int[] shape(String name) {
        return tensors.get(name) instanceof Tensor.Floats floats ? floats.shape() : new int[0];
    }

    /** Rows of the named matrix; 0 where there is none. */
    int rows(String name) {
        int[] shape = shape(name);
        return shape.length == 2 ? shape[0] : 0;
    }

    /** The named tensor's numbers, all finite. */
    float[] floats(String name, int... shape) {
        if (!(tensors.get(name) instanceof Tensor.Floats floats)) {
            throw manifest.refused("holds no numbers '" + name + "'");
        }
        checkShape(name, floats.shape(), shape);
        for (float value : floats.data()) {
            checkFinite(name, value);
        }
        return floats.data();
    }

    /** @throws io.padrec.core.PadrecException where the shape is not as expected, or has room for nothing */
    void checkShape(String name, int[] shape, int... expected) {
        if (!Arrays.equals(shape, expected) || Arrays.stream(expected).anyMatch(n -> n == 0)) {
            throw manifest.refused("has '" + name + "' of shape " + Arrays.toString(shape) + ", not "
                    + Arrays.toString(expected));
        }
    }

    void checkFinite(String name, float value) {
        if (!Float.isFinite(value)) {
            throw manifest.refused("has '" + name + "' with a number that is not finite");
        }
    }

    int[] ints(String name, int length) {
        if (tensors.get(name) instanceof Tensor.Ints ints && Arrays.equals(ints.shape(), new int[] {length})) {
            return ints.data();
        }
        throw manifest.refused("has no whole numbers '" + name + "' of shape [" + length + "]");
    }

    List<String> strings(String name) {
        if (tensors.get(name) instanceof Tensor.Bytes bytes) {
            return Tensor.strings(bytes);
        }
        throw manifest.refused("holds no texts '" + name + "'");
    }
}
