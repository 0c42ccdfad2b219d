package io.padrec.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors format: 8 bytes of header length (little-endian), a JSON header {@code name -> dtype, shape,
 * data_offsets}, then the tensors' bytes. Tensors are written in the order of their names, so equal content is equal bytes.
 */
public final class Safetensors {
    private Safetensors() {
    }

    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        Map<String, Object> header = new LinkedHashMap<>();
        long offset = 0;
        for (var entry : sorted.entrySet()) {
            Tensor tensor = entry.getValue();
            long size = SafetensorsHeader.elements(tensor.shape()) * SafetensorsHeader.width(tensor.type());
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
     * Reads every tensor of type F32, F16, I32, I64 or U8 (F16 widens to F32).
     *
     * @throws PadrecException where the file is not whole, well-formed safetensors
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        return TensorStream.read(file, (name, shape) -> Intake.WHOLE, bytes -> { });
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
