package io.padrec.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors format: 8 bytes of header length (little-endian), a JSON header {@code name -> dtype, shape,
 * data_offsets}, then the tensors' bytes. Tensors are written in the order of their names, so equal content is equal bytes.
 */
public final class Safetensors {
    private static final int MAX_HEADER = 100_000_000;

    private Safetensors() {
    }

    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        Map<String, Object> header = new LinkedHashMap<>();
        long offset = 0;
        for (var entry : sorted.entrySet()) {
            Tensor tensor = entry.getValue();
            long size = elements(tensor.shape()) * width(tensor.type());
            header.put(entry.getKey(), Map.of("dtype", tensor.type(), "shape", list(tensor.shape()),
                    "data_offsets", List.of(offset, offset + size)));
            offset += size;
        }
        byte[] json = headerBytes(header);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
            out.write(json);
            for (Tensor tensor : sorted.values()) {
                out.write(tensor.bytes());
            }
        }
    }

    /**
     * Reads every tensor of type F32, F16, I32 or U8 (F16 widens to F32).
     *
     * @throws PadrecException where the file is not whole, well-formed safetensors
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long headerLength = size < 8 ? -1 : buffer(channel, 0, 8).getLong();
            if (headerLength < 2 || headerLength > MAX_HEADER || headerLength + 8 > size) {
                throw new PadrecException(file + " is not a safetensors file, or is cut short; make it again");
            }
            byte[] json = new byte[(int) headerLength];
            buffer(channel, 8, json.length).get(json);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (var entry : Json.parseObject(new String(json, StandardCharsets.UTF_8)).entrySet()) {
                if (!entry.getKey().equals("__metadata__")) {
                    tensors.put(entry.getKey(), tensor(channel, 8 + headerLength, size, (Map<?, ?>) entry.getValue()));
                }
            }
            return tensors;
        } catch (ClassCastException | IllegalArgumentException | NullPointerException | ArithmeticException
                | IndexOutOfBoundsException e) {
            throw new PadrecException(file + " has a malformed safetensors header (" + e.getMessage() + "); make it again", e);
        }
    }

    private static Tensor tensor(FileChannel channel, long base, long size, Map<?, ?> header) throws IOException {
        int[] shape = ((List<?>) header.get("shape")).stream().mapToInt(n -> Math.toIntExact((Long) n)).toArray();
        List<?> offsets = (List<?>) header.get("data_offsets");
        long from = base + (Long) offsets.get(0);
        long to = base + (Long) offsets.get(1);
        String type = (String) header.get("dtype");
        int elements = Math.toIntExact(elements(shape));
        if (from < base || to > size || to - from != (long) elements * width(type)) {
            throw new IllegalArgumentException("offsets " + offsets + " do not fit the file");
        }
        return switch (type) {
            case "F32" -> {
                float[] data = new float[elements];
                chunks(channel, from, elements, 4, (at, part) -> part.asFloatBuffer().get(data, at, part.remaining() / 4));
                yield Tensor.of(data, shape);
            }
            case "F16" -> {
                float[] data = new float[elements];
                chunks(channel, from, elements, 2, (at, part) -> {
                    for (int i = at; part.hasRemaining(); i++) {
                        data[i] = Float.float16ToFloat(part.getShort());
                    }
                });
                yield Tensor.of(data, shape);
            }
            case "I32" -> {
                int[] data = new int[elements];
                chunks(channel, from, elements, 4, (at, part) -> part.asIntBuffer().get(data, at, part.remaining() / 4));
                yield Tensor.of(data, shape);
            }
            case "U8" -> {
                byte[] data = new byte[elements];
                chunks(channel, from, elements, 1, (at, part) -> part.get(data, at, part.remaining()));
                yield new Tensor.Bytes(shape, data);
            }
            default -> throw new IllegalArgumentException("type " + type + " is not read; use F32 or F16");
        };
    }

    private interface Chunk {
        void read(int firstElement, ByteBuffer part);
    }

    private static void chunks(FileChannel channel, long from, int elements, int width, Chunk chunk) throws IOException {
        int step = (1 << 26) / width;
        for (int at = 0; at < elements; at += step) {
            int n = Math.min(step, elements - at);
            chunk.read(at, buffer(channel, from + (long) at * width, n * width));
        }
    }

    private static ByteBuffer buffer(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IllegalArgumentException("the file is cut short");
            }
        }
        return buffer.flip();
    }

    private static int width(String type) {
        return switch (type) {
            case "U8" -> 1;
            case "F16" -> 2;
            case "F32", "I32" -> 4;
            default -> throw new IllegalArgumentException("type " + type + " is not read; use F32 or F16");
        };
    }

    private static long elements(int[] shape) {
        long elements = 1;
        for (int n : shape) {
            if (n < 0) {
                throw new IllegalArgumentException("a negative length in shape " + list(shape));
            }
            elements = Math.multiplyExact(elements, n);
        }
        return elements;
    }

    private static List<Integer> list(int[] shape) {
        return java.util.Arrays.stream(shape).boxed().toList();
    }

    private static byte[] headerBytes(Map<String, Object> header) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        header.forEach((name, value) -> ordered.put(name, new TreeMap<>((Map<?, ?>) value)));
        String json = Json.write(ordered);
        // Data begins at a multiple of 8, so that a mapped file can be read in place.
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }
}
