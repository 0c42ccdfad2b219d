package io.padrec.ranking;

/**
 * The few loops in which the time goes. Each is a small method of its own over plain arrays, which is what the JIT turns into
 * vector instructions; the same loop inside a long method runs several times slower.
 */
final class Kernels {
    private Kernels() {
    }

    /**
     * Inner products of one vector with consecutive rows of a table.
     *
     * @param vector [D]
     * @param table  [R, D]
     * @param first  first row
     * @param rows   number of rows
     * @param out    receives {@code rows} products from index 0 on
     */
    static void products(float[] vector, float[] table, int first, int rows, float[] out) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            fourProducts(vector, table, (first + r) * vector.length, out, r);
        }
        for (; r < rows; r++) {
            out[r] = product(vector, 0, table, (first + r) * vector.length, vector.length);
        }
    }

    /** Four rows at a time, since the sums of one row must wait for each other. */
    private static void fourProducts(float[] vector, float[] table, int at, float[] out, int to) {
        int width = vector.length;
        int at1 = at + width;
        int at2 = at1 + width;
        int at3 = at2 + width;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int i = 0; i < width; i++) {
            float x = vector[i];
            sum0 += x * table[at + i];
            sum1 += x * table[at1 + i];
            sum2 += x * table[at2 + i];
            sum3 += x * table[at3 + i];
        }
        out[to] = sum0;
        out[to + 1] = sum1;
        out[to + 2] = sum2;
        out[to + 3] = sum3;
    }

    static float product(float[] a, int atA, float[] b, int atB, int width) {
        float sum = 0;
        for (int i = 0; i < width; i++) {
            sum += a[atA + i] * b[atB + i];
        }
        return sum;
    }

    /** y += weight · x over {@code width} numbers. */
    static void add(float weight, float[] x, int atX, float[] y, int atY, int width) {
        for (int i = 0; i < width; i++) {
            y[atY + i] += weight * x[atX + i];
        }
    }

    /**
     * Adds four rows of weights, each times one input, to one row of outputs.
     *
     * @param x       inputs {@code x[atX .. atX + 3]}
     * @param weights four rows of {@code width} numbers from {@code atW} on
     */
    static void fourInputs(float[] x, int atX, float[] weights, int atW, float[] y, int atY, int width) {
        float x0 = x[atX];
        float x1 = x[atX + 1];
        float x2 = x[atX + 2];
        float x3 = x[atX + 3];
        for (int j = 0; j < width; j++) {
            y[atY + j] += x0 * weights[atW + j] + x1 * weights[atW + width + j]
                    + x2 * weights[atW + 2 * width + j] + x3 * weights[atW + 3 * width + j];
        }
    }

    /** {@link #fourInputs} for two rows of inputs and outputs, so that each weight is loaded once for both. */
    static void fourInputsTwice(float[] x, int atX, int nextX, float[] weights, int atW, float[] y, int atY, int width) {
        float x0 = x[atX];
        float x1 = x[atX + 1];
        float x2 = x[atX + 2];
        float x3 = x[atX + 3];
        float z0 = x[nextX];
        float z1 = x[nextX + 1];
        float z2 = x[nextX + 2];
        float z3 = x[nextX + 3];
        int nextY = atY + width;
        for (int j = 0; j < width; j++) {
            float w0 = weights[atW + j];
            float w1 = weights[atW + width + j];
            float w2 = weights[atW + 2 * width + j];
            float w3 = weights[atW + 3 * width + j];
            y[atY + j] += x0 * w0 + x1 * w1 + x2 * w2 + x3 * w3;
            y[nextY + j] += z0 * w0 + z1 * w1 + z2 * w2 + z3 * w3;
        }
    }
}
