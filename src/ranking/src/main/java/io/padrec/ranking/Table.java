package io.padrec.ranking;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Rows of item vectors outside the heap, [R, ΣD], as float32 or as bytes with a scale for each vector. They are the experts'
 * vectors as they were trained, which the encoders read; what the gate gives each of them stands beside, [R, K], and is applied
 * while a row is scored.
 */
final class Table {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int CACHE_LINE = 64;
    private static final float LARGEST = 127;
    /** Below this a vector is taken for zero, since its steps would have no finite inverse. */
    private static final float TINY = 1e-30f;

    private final Layout layout;
    private final boolean bytes;
    private final MemorySegment numbers;
    private final long rowBytes;
    /** What one unit of each vector's numbers stands for; null for float32, where that is 1. */
    private final float[] scales;
    private final float[] gates;
    private final float[] units;

    Table(Layout layout, Precision precision, int rows, Arena arena) {
        this.layout = layout;
        this.bytes = precision == Precision.INT8;
        this.rowBytes = (long) layout.stride() * (bytes ? 1 : Float.BYTES);
        // A vector of bytes may be loaded together with what follows it.
        this.numbers = arena.allocate(rows * rowBytes + CACHE_LINE, CACHE_LINE);
        int weights = Math.multiplyExact(rows, layout.experts());
        this.scales = bytes ? new float[weights] : null;
        this.gates = new float[weights];
        this.units = new float[weights];
    }

    Layout layout() {
        return layout;
    }

    MemorySegment numbers() {
        return numbers;
    }

    boolean isOfBytes() {
        return bytes;
    }

    long at(int row) {
        return row * rowBytes;
    }

    int weightsAt(int row) {
        return row * layout.experts();
    }

    /** What each vector's inner product counts under the gate, [R, K]. */
    float[] gates() {
        return gates;
    }

    /**
     * What brings a row's vectors to the same length, and all of them side by side to length one, [R, K]; 0 for a vector that
     * is missing.
     */
    float[] units() {
        return units;
    }

    /**
     * Puts an expert's vector of a row in its place. {@link #weigh} must follow once all of the row's are there.
     *
     * @return whether all of its numbers are finite
     */
    boolean put(int row, int expert, float[] from, int at) {
        int width = layout.widths()[expert];
        int weight = weightsAt(row) + expert;
        double squares = 0;
        for (int i = at; i < at + width; i++) {
            squares += (double) from[i] * from[i];
        }
        units[weight] = (float) Math.sqrt(squares);
        if (bytes) {
            scales[weight] = putBytes(from, at, width, start(row, expert));
        } else {
            MemorySegment.copy(from, at, numbers, FLOAT, start(row, expert), width);
        }
        return Double.isFinite(squares);
    }

    /** @return what one step stands for */
    private float putBytes(float[] from, int at, int width, long start) {
        float largest = 0;
        for (int i = at; i < at + width; i++) {
            largest = Math.max(largest, Math.abs(from[i]));
        }
        float steps = largest > TINY ? LARGEST / largest : 0;
        for (int i = 0; i < width; i++) {
            numbers.set(ValueLayout.JAVA_BYTE, start + i, (byte) Math.round(steps * from[at + i]));
        }
        return largest / LARGEST;
    }

    private long start(int row, int expert) {
        return at(row) + layout.starts()[expert] * (bytes ? 1L : Float.BYTES);
    }

    /**
     * Gives a row its weights.
     *
     * @param gate the gate's weights [bins, K]
     */
    void weigh(int row, float[] gate, int bin) {
        int experts = layout.experts();
        int present = 0;
        for (int k = 0; k < experts; k++) {
            present += units[weightsAt(row) + k] > 0 ? 1 : 0;
        }
        for (int k = 0; k < experts; k++) {
            int weight = weightsAt(row) + k;
            float scale = bytes ? scales[weight] : 1;
            gates[weight] = gate[bin * experts + k] * scale;
            units[weight] = units[weight] > 0 ? (float) (scale / units[weight] / Math.sqrt(present)) : 0;
        }
    }

    /** Reads an expert's vector of a row, [D]; for bytes, what they stand for. */
    void read(int row, int expert, float[] to, int at) {
        int width = layout.widths()[expert];
        long start = start(row, expert);
        if (!bytes) {
            MemorySegment.copy(numbers, FLOAT, start, to, at, width);
            return;
        }
        float scale = scales[weightsAt(row) + expert];
        for (int i = 0; i < width; i++) {
            to[at + i] = scale * numbers.get(ValueLayout.JAVA_BYTE, start + i);
        }
    }

    /**
     * Reads a row as the query that finds what is like it: its numbers times the given weights, [ΣD].
     *
     * @param weights {@link #gates} or {@link #units}
     */
    void readWeighted(int row, float[] weights, float[] to) {
        int stride = layout.stride();
        if (bytes) {
            for (int i = 0; i < stride; i++) {
                to[i] = numbers.get(ValueLayout.JAVA_BYTE, at(row) + i);
            }
        } else {
            MemorySegment.copy(numbers, FLOAT, at(row), to, 0, stride);
        }
        for (int k = 0; k < layout.experts(); k++) {
            float weight = weights[weightsAt(row) + k];
            for (int i = layout.starts()[k]; i < layout.ends()[k]; i++) {
                to[i] *= weight;
            }
        }
    }
}
