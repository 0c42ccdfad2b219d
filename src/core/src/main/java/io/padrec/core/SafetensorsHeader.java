package io.padrec.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors file says of its tensors.
 *
 * @param tensors by name, in the header's order
 */
record SafetensorsHeader(Map<String, Entry> tensors) {
    private static final int MAX_HEADER = 100_000_000;

    /**
     * @param from first byte in the file
     * @param to   byte after the last
     */
    record Entry(String type, int[] shape, long from, long to) {
        long elements() {
            return SafetensorsHeader.elements(shape);
        }
    }

    /** @throws PadrecException where the file is not whole, well-formed safetensors */
    static SafetensorsHeader read(FileChannel channel, Path file) throws IOException {
        try {
            long size = channel.size();
            long length = size < 8 ? -1 : bytes(channel, 0, 8).getLong();
            if (length < 2 || length > MAX_HEADER || length + 8 > size) {
                throw new PadrecException(file + " is not a safetensors file, or is cut short; make it again");
            }
            byte[] json = new byte[(int) length];
            bytes(channel, 8, json.length).get(json);
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (var tensor : Json.parseObject(new String(json, StandardCharsets.UTF_8)).entrySet()) {
                if (!tensor.getKey().equals("__metadata__")) {
                    entries.put(tensor.getKey(), entry((Map<?, ?>) tensor.getValue(), 8 + length, size));
                }
            }
            return new SafetensorsHeader(entries);
        } catch (ClassCastException | IllegalArgumentException | NullPointerException | ArithmeticException
                | IndexOutOfBoundsException e) {
            throw new PadrecException(file + " has a malformed safetensors header (" + e.getMessage() + "); make it again", e);
        }
    }

    private static Entry entry(Map<?, ?> tensor, long base, long size) {
        int[] shape = ((List<?>) tensor.get("shape")).stream().mapToInt(n -> Math.toIntExact((Long) n)).toArray();
        List<?> offsets = (List<?>) tensor.get("data_offsets");
        long from = base + (Long) offsets.get(0);
        long to = base + (Long) offsets.get(1);
        String type = (String) tensor.get("dtype");
        if (from < base || to > size || to - from != elements(shape) * width(type)) {
            throw new IllegalArgumentException("offsets " + offsets + " do not fit the file");
        }
        return new Entry(type, shape, from, to);
    }

    static int width(String type) {
        return switch (type) {
            case "U8" -> 1;
            case "F16" -> 2;
            case "F32", "I32" -> 4;
            case "I64" -> 8;
            default -> throw new IllegalArgumentException("type " + type + " is not read; use F32 or F16");
        };
    }

    static long elements(int[] shape) {
        long elements = 1;
        for (int n : shape) {
            if (n < 0) {
                throw new IllegalArgumentException("a negative length in a shape");
            }
            elements = Math.multiplyExact(elements, n);
        }
        return elements;
    }

    /** @throws IllegalArgumentException where the file ends before */
    static ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IllegalArgumentException("the file is cut short");
            }
        }
        return buffer.flip();
    }
}
