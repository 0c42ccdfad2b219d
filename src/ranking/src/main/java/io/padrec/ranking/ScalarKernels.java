package io.padrec.ranking;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Kernels for a JVM without the Vector API's module: plain loops, several times slower, with the same results but for rounding. */
final class ScalarKernels implements Kernels {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void four(float[] query, int[] ends, MemorySegment table, boolean bytes, long at0, long at1, long at2, long at3,
            float[] weights, int w0, int w1, int w2, int w3, float[] out, int to, int step) {
        out[to] = one(query, ends, table, bytes, at0, weights, w0);
        out[to + step] = one(query, ends, table, bytes, at1, weights, w1);
        out[to + 2 * step] = one(query, ends, table, bytes, at2, weights, w2);
        out[to + 3 * step] = one(query, ends, table, bytes, at3, weights, w3);
    }

    @Override
    public void fourTwice(float[] query, float[] other, int[] ends, MemorySegment table, boolean bytes,
            long at0, long at1, long at2, long at3, float[] weights, int w0, int w1, int w2, int w3,
            float[] out, float[] otherOut, int to, int step) {
        four(query, ends, table, bytes, at0, at1, at2, at3, weights, w0, w1, w2, w3, out, to, step);
        four(other, ends, table, bytes, at0, at1, at2, at3, weights, w0, w1, w2, w3, otherOut, to, step);
    }

    @Override
    public float one(float[] query, int[] ends, MemorySegment table, boolean bytes, long at, float[] weights, int w) {
        float score = 0;
        int from = 0;
        for (int k = 0; k < ends.length; k++) {
            score += weights[w + k] * (bytes ? ofBytes(query, from, ends[k], table, at) : ofFloats(query, from, ends[k], table, at));
            from = ends[k];
        }
        return score;
    }

    /** Four sums at a time, since one must wait for itself. */
    private static float ofFloats(float[] query, int from, int end, MemorySegment table, long at) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int i = from; i < end; i += 4) {
            long offset = at + 4L * i;
            sum0 += query[i] * table.get(FLOAT, offset);
            sum1 += query[i + 1] * table.get(FLOAT, offset + 4);
            sum2 += query[i + 2] * table.get(FLOAT, offset + 8);
            sum3 += query[i + 3] * table.get(FLOAT, offset + 12);
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    private static float ofBytes(float[] query, int from, int end, MemorySegment table, long at) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int i = from; i < end; i += 4) {
            sum0 += query[i] * table.get(ValueLayout.JAVA_BYTE, at + i);
            sum1 += query[i + 1] * table.get(ValueLayout.JAVA_BYTE, at + i + 1);
            sum2 += query[i + 2] * table.get(ValueLayout.JAVA_BYTE, at + i + 2);
            sum3 += query[i + 3] * table.get(ValueLayout.JAVA_BYTE, at + i + 3);
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    @Override
    public void dense(float[] x, int atX, float[] panels, float[] bias, int in, int out, float[] y, int rows) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(bias, 0, y, r * out, out);
            for (int panel = 0; panel < out; panel += PANEL) {
                for (int i = 0; i < in; i++) {
                    add(x[atX + r * in + i], panels, panel * in + i * PANEL, y, r * out + panel, PANEL);
                }
            }
        }
    }

    @Override
    public float product(float[] a, int atA, float[] b, int atB, int width) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int i = 0; i < width; i += 4) {
            sum0 += a[atA + i] * b[atB + i];
            sum1 += a[atA + i + 1] * b[atB + i + 1];
            sum2 += a[atA + i + 2] * b[atB + i + 2];
            sum3 += a[atA + i + 3] * b[atB + i + 3];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    @Override
    public void add(float weight, float[] x, int atX, float[] y, int atY, int width) {
        for (int i = 0; i < width; i++) {
            y[atY + i] += weight * x[atX + i];
        }
    }

    @Override
    public void rectify(float[] x, int at, int width) {
        for (int i = at; i < at + width; i++) {
            x[i] = Math.max(0, x[i]);
        }
    }

    @Override
    public void normalise(float[] x, int at, int width, float[] weight, float[] bias, float epsilon) {
        float sum = 0;
        for (int i = 0; i < width; i++) {
            sum += x[at + i];
        }
        float mean = sum / width;
        float squares = 0;
        for (int i = 0; i < width; i++) {
            float centred = x[at + i] - mean;
            squares += centred * centred;
        }
        float scale = (float) (1 / Math.sqrt(squares / width + epsilon));
        for (int i = 0; i < width; i++) {
            x[at + i] = (x[at + i] - mean) * scale * weight[i] + bias[i];
        }
    }
}
