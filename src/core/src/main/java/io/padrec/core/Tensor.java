package io.padrec.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A dense array with a shape, row by row. */
public sealed interface Tensor {
    int[] shape();

    /** Safetensors' name of the element type. */
    String type();

    /** Elements as little-endian bytes. */
    byte[] bytes();

    /** 32-bit floating point. */
    record Floats(int[] shape, float[] data) implements Tensor {
        public Floats {
            check(shape, data.length);
        }

        @Override
        public String type() {
            return "F32";
        }

        @Override
        public byte[] bytes() {
            ByteBuffer bytes = littleEndian(data.length, Float.BYTES);
            bytes.asFloatBuffer().put(data);
            return bytes.array();
        }
    }

    /** 32-bit whole numbers. */
    record Ints(int[] shape, int[] data) implements Tensor {
        public Ints {
            check(shape, data.length);
        }

        @Override
        public String type() {
            return "I32";
        }

        @Override
        public byte[] bytes() {
            ByteBuffer bytes = littleEndian(data.length, Integer.BYTES);
            bytes.asIntBuffer().put(data);
            return bytes.array();
        }
    }

    /** 64-bit whole numbers. */
    record Longs(int[] shape, long[] data) implements Tensor {
        public Longs {
            check(shape, data.length);
        }

        @Override
        public String type() {
            return "I64";
        }

        @Override
        public byte[] bytes() {
            ByteBuffer bytes = littleEndian(data.length, Long.BYTES);
            bytes.asLongBuffer().put(data);
            return bytes.array();
        }
    }

    /** Raw bytes. */
    record Bytes(int[] shape, byte[] data) implements Tensor {
        public Bytes {
            check(shape, data.length);
        }

        @Override
        public String type() {
            return "U8";
        }

        @Override
        public byte[] bytes() {
            return data;
        }
    }

    static Floats of(float[] data, int... shape) {
        return new Floats(shape, data);
    }

    static Ints of(int[] data, int... shape) {
        return new Ints(shape, data);
    }

    static Longs of(long[] data, int... shape) {
        return new Longs(shape, data);
    }

    /** Texts as zero-terminated UTF-8; a text may not hold the character 0. */
    static Bytes ofStrings(List<String> texts) {
        var out = new java.io.ByteArrayOutputStream();
        for (String text : texts) {
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a text holds the character 0");
            }
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            out.write(0);
        }
        return new Bytes(new int[] {out.size()}, out.toByteArray());
    }

    /** The texts of {@link #ofStrings}, an immutable list over the tensor's own bytes. */
    static List<String> strings(Bytes tensor) {
        return new Texts(tensor.data);
    }

    private static ByteBuffer littleEndian(int elements, int width) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, width)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void check(int[] shape, int length) {
        long elements = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (elements != length || Arrays.stream(shape).anyMatch(n -> n < 0)) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " does not hold " + length + " elements");
        }
    }
}
