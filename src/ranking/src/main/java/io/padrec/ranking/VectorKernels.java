package io.padrec.ranking;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.B2F;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the Vector API. Each is a small method of its own: the same loop inside a long method runs up to ten times slower,
 * since the JIT gives up on keeping its vectors in registers.
 */
final class VectorKernels implements Kernels {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED.length() > STEP
            ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    static final int LANES = FLOATS.length();
    /** As many bytes as there are float lanes. */
    private static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class,
            VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    @Override
    public String name() {
        return "vector-" + FLOATS.vectorBitSize();
    }

    private static FloatVector numbers(MemorySegment table, boolean bytes, long at, int i) {
        return bytes ? (FloatVector) ByteVector.fromMemorySegment(BYTES, table, at + i, ORDER).convertShape(B2F, FLOATS, 0)
                : FloatVector.fromMemorySegment(FLOATS, table, at + 4L * i, ORDER);
    }

    static FloatVector spread(float number) {
        return FloatVector.broadcast(FLOATS, number);
    }

    @Override
    public void four(float[] query, int[] ends, MemorySegment table, boolean bytes, long at0, long at1, long at2, long at3,
            float[] weights, int w0, int w1, int w2, int w3, float[] out, int to, int step) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        int i = 0;
        for (int k = 0; k < ends.length; k++) {
            FloatVector part0 = FloatVector.zero(FLOATS);
            FloatVector part1 = part0;
            FloatVector part2 = part0;
            FloatVector part3 = part0;
            for (int end = ends[k]; i < end; i += LANES) {
                FloatVector q = FloatVector.fromArray(FLOATS, query, i);
                part0 = q.fma(numbers(table, bytes, at0, i), part0);
                part1 = q.fma(numbers(table, bytes, at1, i), part1);
                part2 = q.fma(numbers(table, bytes, at2, i), part2);
                part3 = q.fma(numbers(table, bytes, at3, i), part3);
            }
            sum0 = part0.fma(spread(weights[w0 + k]), sum0);
            sum1 = part1.fma(spread(weights[w1 + k]), sum1);
            sum2 = part2.fma(spread(weights[w2 + k]), sum2);
            sum3 = part3.fma(spread(weights[w3 + k]), sum3);
        }
        out[to] = sum0.reduceLanes(ADD);
        out[to + step] = sum1.reduceLanes(ADD);
        out[to + 2 * step] = sum2.reduceLanes(ADD);
        out[to + 3 * step] = sum3.reduceLanes(ADD);
    }

    @Override
    public float one(float[] query, int[] ends, MemorySegment table, boolean bytes, long at, float[] weights, int w) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int i = 0;
        for (int k = 0; k < ends.length; k++) {
            FloatVector part = FloatVector.zero(FLOATS);
            for (int end = ends[k]; i < end; i += LANES) {
                part = FloatVector.fromArray(FLOATS, query, i).fma(numbers(table, bytes, at, i), part);
            }
            sum = part.fma(spread(weights[w + k]), sum);
        }
        return sum.reduceLanes(ADD);
    }

    @Override
    public void fourTwice(float[] query, float[] other, int[] ends, MemorySegment table, boolean bytes,
            long at0, long at1, long at2, long at3, float[] weights, int w0, int w1, int w2, int w3,
            float[] out, float[] otherOut, int to, int step) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector total0 = sum0;
        FloatVector total1 = sum0;
        FloatVector total2 = sum0;
        FloatVector total3 = sum0;
        int i = 0;
        for (int k = 0; k < ends.length; k++) {
            FloatVector part0 = FloatVector.zero(FLOATS);
            FloatVector part1 = part0;
            FloatVector part2 = part0;
            FloatVector part3 = part0;
            FloatVector piece0 = part0;
            FloatVector piece1 = part0;
            FloatVector piece2 = part0;
            FloatVector piece3 = part0;
            for (int end = ends[k]; i < end; i += LANES) {
                FloatVector q = FloatVector.fromArray(FLOATS, query, i);
                FloatVector p = FloatVector.fromArray(FLOATS, other, i);
                FloatVector row0 = numbers(table, bytes, at0, i);
                part0 = q.fma(row0, part0);
                piece0 = p.fma(row0, piece0);
                FloatVector row1 = numbers(table, bytes, at1, i);
                part1 = q.fma(row1, part1);
                piece1 = p.fma(row1, piece1);
                FloatVector row2 = numbers(table, bytes, at2, i);
                part2 = q.fma(row2, part2);
                piece2 = p.fma(row2, piece2);
                FloatVector row3 = numbers(table, bytes, at3, i);
                part3 = q.fma(row3, part3);
                piece3 = p.fma(row3, piece3);
            }
            FloatVector weight0 = spread(weights[w0 + k]);
            FloatVector weight1 = spread(weights[w1 + k]);
            FloatVector weight2 = spread(weights[w2 + k]);
            FloatVector weight3 = spread(weights[w3 + k]);
            sum0 = part0.fma(weight0, sum0);
            sum1 = part1.fma(weight1, sum1);
            sum2 = part2.fma(weight2, sum2);
            sum3 = part3.fma(weight3, sum3);
            total0 = piece0.fma(weight0, total0);
            total1 = piece1.fma(weight1, total1);
            total2 = piece2.fma(weight2, total2);
            total3 = piece3.fma(weight3, total3);
        }
        out[to] = sum0.reduceLanes(ADD);
        out[to + step] = sum1.reduceLanes(ADD);
        out[to + 2 * step] = sum2.reduceLanes(ADD);
        out[to + 3 * step] = sum3.reduceLanes(ADD);
        otherOut[to] = total0.reduceLanes(ADD);
        otherOut[to + step] = total1.reduceLanes(ADD);
        otherOut[to + 2 * step] = total2.reduceLanes(ADD);
        otherOut[to + 3 * step] = total3.reduceLanes(ADD);
    }

    @Override
    public void dense(float[] x, int atX, float[] panels, float[] bias, int in, int out, float[] y, int rows) {
        for (int panel = 0; panel < out; panel += PANEL) {
            for (int part = 0; part < PANEL; part += 2 * LANES) {
                int outputs = panel + part;
                int atW = panel * in + part;
                int r = 0;
                for (; r + 4 <= rows; r += 4) {
                    VectorDense.fourRows(x, atX + r * in, panels, atW, in, bias, outputs, y, r * out + outputs, out);
                }
                for (; r < rows; r++) {
                    VectorDense.oneRow(x, atX + r * in, panels, atW, in, bias, outputs, y, r * out + outputs);
                }
            }
        }
    }

    @Override
    public float product(float[] a, int atA, float[] b, int atB, int width) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < width; i += LANES) {
            sum = FloatVector.fromArray(FLOATS, a, atA + i).fma(FloatVector.fromArray(FLOATS, b, atB + i), sum);
        }
        return sum.reduceLanes(ADD);
    }

    @Override
    public void add(float weight, float[] x, int atX, float[] y, int atY, int width) {
        FloatVector factor = spread(weight);
        for (int i = 0; i < width; i += LANES) {
            factor.fma(FloatVector.fromArray(FLOATS, x, atX + i), FloatVector.fromArray(FLOATS, y, atY + i))
                    .intoArray(y, atY + i);
        }
    }

    @Override
    public void rectify(float[] x, int at, int width) {
        for (int i = at; i < at + width; i += LANES) {
            FloatVector.fromArray(FLOATS, x, i).max(0).intoArray(x, i);
        }
    }

    @Override
    public void normalise(float[] x, int at, int width, float[] weight, float[] bias, float epsilon) {
        int whole = width - width % LANES;
        float mean = sum(x, at, width, whole) / width;
        float scale = (float) (1 / Math.sqrt(squares(x, at, width, whole, mean) / width + epsilon));
        for (int i = 0; i < weight.length; i += LANES) {
            FloatVector.fromArray(FLOATS, x, at + i).sub(mean).mul(scale)
                    .fma(FloatVector.fromArray(FLOATS, weight, i), FloatVector.fromArray(FLOATS, bias, i)).intoArray(x, at + i);
        }
    }

    private static float sum(float[] x, int at, int width, int whole) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            sum = sum.add(FloatVector.fromArray(FLOATS, x, at + i));
        }
        float total = sum.reduceLanes(ADD);
        for (int i = whole; i < width; i++) {
            total += x[at + i];
        }
        return total;
    }

    private static float squares(float[] x, int at, int width, int whole, float mean) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector centred = FloatVector.fromArray(FLOATS, x, at + i).sub(mean);
            sum = centred.fma(centred, sum);
        }
        float total = sum.reduceLanes(ADD);
        for (int i = whole; i < width; i++) {
            total += (x[at + i] - mean) * (x[at + i] - mean);
        }
        return total;
    }
}
