package io.padrec.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A safetensors file read once, from its first byte to its last: every byte can be seen on the way (for a hash), and what is
 * needed goes to where it is needed. So what was checked is what is used, and a large tensor never stands in memory twice.
 */
final class TensorStream {
    private static final int PIECE = 1 << 20;

    private final FileChannel channel;
    private final Consumer<ByteBuffer> bytes;
    private final ByteBuffer buffer = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
    private final float[] numbers = new float[PIECE / 2];
    private final Map<String, Tensor> whole = new LinkedHashMap<>();

    private TensorStream(FileChannel channel, Consumer<ByteBuffer> bytes) {
        this.channel = channel;
        this.bytes = bytes;
    }

    /**
     * @param bytes receives every byte of the file, in order
     * @return the tensors that the plan keeps whole
     * @throws PadrecException where the file is not whole, well-formed safetensors
     */
    static Map<String, Tensor> read(Path file, Intake.Plan plan, Consumer<ByteBuffer> bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SafetensorsHeader header = SafetensorsHeader.read(channel, file);
            TensorStream stream = new TensorStream(channel, bytes);
            Map<String, Intake> intakes = new LinkedHashMap<>();
            header.tensors().forEach((name, entry) -> intakes.put(name, plan.of(name, entry.shape())));
            List<Map.Entry<String, SafetensorsHeader.Entry>> inOrder = header.tensors().entrySet().stream()
                    .sorted(Comparator.comparingLong(e -> e.getValue().from())).toList();
            for (var entry : inOrder) {
                stream.pass(entry.getValue().from());
                stream.tensor(entry.getKey(), entry.getValue(), intakes.get(entry.getKey()));
            }
            stream.pass(channel.size());
            return stream.whole;
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new PadrecException(file + " is malformed (" + e.getMessage() + "); make it again", e);
        }
    }

    /** Reads up to the file's byte {@code end}, which nobody needs. */
    private void pass(long end) throws IOException {
        if (channel.position() > end) {
            throw new IllegalArgumentException("tensors overlap");
        }
        while (channel.position() < end) {
            fill((int) Math.min(PIECE, end - channel.position()));
        }
    }

    private void tensor(String name, SafetensorsHeader.Entry entry, Intake intake) throws IOException {
        if (intake == Intake.SKIP) {
            pass(entry.to());
        } else if (intake == Intake.WHOLE) {
            whole.put(name, whole(entry));
        } else {
            floats(entry, intake);
        }
    }

    private Tensor whole(SafetensorsHeader.Entry entry) throws IOException {
        int elements = Math.toIntExact(entry.elements());
        switch (entry.type()) {
            case "I32" -> {
                int[] data = new int[elements];
                for (int at = 0; at < elements;) {
                    int count = fill(Math.min(PIECE, (elements - at) * 4L)) / 4;
                    buffer.asIntBuffer().get(data, at, count);
                    at += count;
                }
                return Tensor.of(data, entry.shape());
            }
            case "I64" -> {
                long[] data = new long[elements];
                for (int at = 0; at < elements;) {
                    int count = fill(Math.min(PIECE, (elements - at) * 8L)) / 8;
                    buffer.asLongBuffer().get(data, at, count);
                    at += count;
                }
                return Tensor.of(data, entry.shape());
            }
            case "U8" -> {
                byte[] data = new byte[elements];
                for (int at = 0; at < elements;) {
                    int count = fill(Math.min(PIECE, elements - at));
                    buffer.get(data, at, count);
                    at += count;
                }
                return new Tensor.Bytes(entry.shape(), data);
            }
            default -> {
                float[] data = new float[elements];
                floats(entry, (first, piece, count) -> System.arraycopy(piece, 0, data, (int) first, count));
                return Tensor.of(data, entry.shape());
            }
        }
    }

    private void floats(SafetensorsHeader.Entry entry, Intake intake) throws IOException {
        int width = SafetensorsHeader.width(entry.type());
        for (long at = 0; at < entry.elements();) {
            int count = fill(Math.min(PIECE, (entry.elements() - at) * width)) / width;
            switch (entry.type()) {
                case "F32" -> buffer.asFloatBuffer().get(numbers, 0, count);
                case "F16" -> {
                    for (int i = 0; i < count; i++) {
                        numbers[i] = Float.float16ToFloat(buffer.getShort());
                    }
                }
                default -> throw new IllegalArgumentException("floating point numbers expected, not " + entry.type());
            }
            intake.take(at, numbers, count);
            at += count;
        }
    }

    /** Reads the next {@code length} bytes into the buffer. */
    private int fill(long length) throws IOException {
        buffer.clear().limit((int) length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IllegalArgumentException("the file is cut short");
            }
        }
        bytes.accept(buffer.flip().duplicate());
        return (int) length;
    }
}
