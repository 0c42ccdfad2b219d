package io.padrec.ranking;

import java.lang.foreign.MemorySegment;

/**
 * The few loops in which the time goes. Every width here is a multiple of {@link #STEP}: whatever is narrower is padded with
 * zeros when a model is read, so that no loop has a tail.
 *
 * <p>Rows of item vectors lie in segments, one an expert, that end at {@code ends[k]} numbers from the row's beginning. A row's
 * score is the sum over its segments of a weight (the gate) times an inner product. The weight is applied to the segment's sum
 * while it is still in a register, so a gated table costs no second copy of the vectors beside the one that the encoders read.
 *
 * <p>Sums are added up in an order that differs between kernels, and between a loop that the JIT has compiled and the same one
 * before: the last digits of a score are not to be compared.
 */
interface Kernels {
    /** Numbers that a loop may take at once on any machine. */
    int STEP = 16;
    /** Outputs of a dense layer that lie side by side in its weights. */
    int PANEL = 32;

    /** What this is, for metrics: {@code vector-512} or {@code scalar}. */
    String name();

    static int padded(int width) {
        return (width + STEP - 1) / STEP * STEP;
    }

    /**
     * Scores of four rows for one query.
     *
     * @param query   [ends of the last segment]
     * @param bytes   the table's numbers are signed bytes, else float32 in little-endian order
     * @param at0     first byte of the first row, and so on
     * @param weights a row's weights stand side by side, one a segment
     * @param w0      index of the first row's first weight, and so on
     * @param out     receives the four scores at {@code to}, {@code to + step} and so on
     */
    void four(float[] query, int[] ends, MemorySegment table, boolean bytes, long at0, long at1, long at2, long at3,
            float[] weights, int w0, int w1, int w2, int w3, float[] out, int to, int step);

    /** The score of one row, see {@link #four}. */
    float one(float[] query, int[] ends, MemorySegment table, boolean bytes, long at, float[] weights, int w);

    /** {@link #four} for two queries, so that each row is loaded once for both. */
    void fourTwice(float[] query, float[] other, int[] ends, MemorySegment table, boolean bytes,
            long at0, long at1, long at2, long at3, float[] weights, int w0, int w1, int w2, int w3,
            float[] out, float[] otherOut, int to, int step);

    /**
     * A dense layer, y = x · Wᵀ + b.
     *
     * @param x      [rows, in] from {@code atX} on
     * @param panels weights: panels of {@link #PANEL} outputs, each [in, PANEL]
     * @param bias   [out]
     * @param in     a multiple of PANEL, as is {@code out}
     * @param y      receives [rows, out]
     */
    void dense(float[] x, int atX, float[] panels, float[] bias, int in, int out, float[] y, int rows);

    /** Inner product over {@code width} numbers. */
    float product(float[] a, int atA, float[] b, int atB, int width);

    /** y += weight · x over {@code width} numbers. */
    void add(float weight, float[] x, int atX, float[] y, int atY, int width);

    /** Negative numbers to zero. */
    void rectify(float[] x, int at, int width);

    /**
     * Layer normalisation of one row, in place, with the biased variance.
     *
     * @param width  numbers that count; those after it, up to {@code weight.length}, are zero and stay zero
     * @param weight [width, padded with zeros]
     */
    void normalise(float[] x, int at, int width, float[] weight, float[] bias, float epsilon);
}
