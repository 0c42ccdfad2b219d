package io.padrec.ranking;

import static io.padrec.ranking.Kernels.PANEL;
import static io.padrec.ranking.VectorKernels.FLOATS;
import static io.padrec.ranking.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;

/** The two inner loops of a dense layer: rows of x times two vectors of outputs that lie side by side in a panel. */
final class VectorDense {
    private VectorDense() {
    }

    /** Four rows of x times two vectors of outputs: eight sums stay in registers. */
    static void fourRows(float[] x, int atX, float[] w, int atW, int in, float[] bias, int atB, float[] y, int atY,
            int out) {
        FloatVector left0 = FloatVector.fromArray(FLOATS, bias, atB);
        FloatVector right0 = FloatVector.fromArray(FLOATS, bias, atB + LANES);
        FloatVector left1 = left0;
        FloatVector right1 = right0;
        FloatVector left2 = left0;
        FloatVector right2 = right0;
        FloatVector left3 = left0;
        FloatVector right3 = right0;
        for (int i = 0; i < in; i++) {
            FloatVector left = FloatVector.fromArray(FLOATS, w, atW + i * PANEL);
            FloatVector right = FloatVector.fromArray(FLOATS, w, atW + i * PANEL + LANES);
            FloatVector x0 = VectorKernels.spread(x[atX + i]);
            left0 = x0.fma(left, left0);
            right0 = x0.fma(right, right0);
            FloatVector x1 = VectorKernels.spread(x[atX + in + i]);
            left1 = x1.fma(left, left1);
            right1 = x1.fma(right, right1);
            FloatVector x2 = VectorKernels.spread(x[atX + 2 * in + i]);
            left2 = x2.fma(left, left2);
            right2 = x2.fma(right, right2);
            FloatVector x3 = VectorKernels.spread(x[atX + 3 * in + i]);
            left3 = x3.fma(left, left3);
            right3 = x3.fma(right, right3);
        }
        left0.intoArray(y, atY);
        right0.intoArray(y, atY + LANES);
        left1.intoArray(y, atY + out);
        right1.intoArray(y, atY + out + LANES);
        left2.intoArray(y, atY + 2 * out);
        right2.intoArray(y, atY + 2 * out + LANES);
        left3.intoArray(y, atY + 3 * out);
        right3.intoArray(y, atY + 3 * out + LANES);
    }

    /** One row, the inputs two at a time, since one sum must wait for itself. */
    static void oneRow(float[] x, int atX, float[] w, int atW, int in, float[] bias, int atB, float[] y, int atY) {
        FloatVector left = FloatVector.fromArray(FLOATS, bias, atB);
        FloatVector right = FloatVector.fromArray(FLOATS, bias, atB + LANES);
        FloatVector nextLeft = FloatVector.zero(FLOATS);
        FloatVector nextRight = nextLeft;
        for (int i = 0; i < in; i += 2) {
            int row = atW + i * PANEL;
            FloatVector even = VectorKernels.spread(x[atX + i]);
            left = even.fma(FloatVector.fromArray(FLOATS, w, row), left);
            right = even.fma(FloatVector.fromArray(FLOATS, w, row + LANES), right);
            FloatVector odd = VectorKernels.spread(x[atX + i + 1]);
            nextLeft = odd.fma(FloatVector.fromArray(FLOATS, w, row + PANEL), nextLeft);
            nextRight = odd.fma(FloatVector.fromArray(FLOATS, w, row + PANEL + LANES), nextRight);
        }
        left.add(nextLeft).intoArray(y, atY);
        right.add(nextRight).intoArray(y, atY + LANES);
    }
}
