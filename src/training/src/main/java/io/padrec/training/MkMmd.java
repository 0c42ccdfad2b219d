package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * Multi-kernel maximum mean discrepancy between two sets of n vectors (PAD, section 3): five Gaussian kernels
 * exp(-d² / (2·2^j·m)), j = -3..1, where m is the mean squared distance over the joined 2n vectors and carries no gradient.
 * Same-side pairs count off the diagonal, 1/(n(n-1)) each; cross pairs count -2/n² each.
 *
 * <p>Each kernel is the square of the next wider one, so one exponential makes all five. The gradient is in closed form,
 * 4·Σ_b c_ab k'(d²_ab) (z_a - z_b): twice as fast as autograd over the same distances.
 */
final class MkMmd {
    private static final int KERNELS = 5;

    private MkMmd() {
    }

    static Loss.Value of(NDArray left, NDArray right) {
        long n = left.getShape().get(0);
        NDArray x = left.stopGradient();
        NDArray y = right.stopGradient();
        NDArray xx = squaredDistances(x, x);
        NDArray yy = squaredDistances(y, y);
        NDArray xy = squaredDistances(x, y);
        // 2n(2n - 1) pairs; floored, so that a batch of equal vectors has a finite kernel.
        NDArray mean = xx.sum().add(yy.sum()).add(xy.sum().mul(2f)).div(2f * n * (2f * n - 1)).add(1e-12f);
        NDArray scale = mean.mul(-4f).pow(-1);
        float same = 1f / (n * (n - 1f));
        float cross = -1f / ((float) n * n);

        Kernel kxx = kernel(xx, scale);
        Kernel kyy = kernel(yy, scale);
        Kernel kxy = kernel(xy, scale);
        // The diagonals hold d = 0, where every kernel is 1: subtracted from the value; their gradient is 0 by itself.
        NDArray value = kxx.sum.add(kyy.sum).sub(2f * n * KERNELS).mul(same).add(kxy.sum.mul(2f * cross));

        NDArray gx = pull(kxx.slope, x, x).mul(same).add(pull(kxy.slope, x, y).mul(cross)).mul(4f);
        NDArray gy = pull(kyy.slope, y, y).mul(same).add(pull(kxy.slope.transpose(), y, x).mul(cross)).mul(4f);
        return new Loss.Value(left.mul(gx).sum().add(right.mul(gy).sum()), value);
    }

    /** Σ over pairs of the five kernels, and its derivative by d² for each pair. */
    private record Kernel(NDArray sum, NDArray slope) {
    }

    private static Kernel kernel(NDArray distances, NDArray scale) {
        NDArray k = distances.muli(scale).exp();                                   // j = 1, the widest
        NDArray sum = k.sum();
        NDArray slope = k.duplicate();
        for (int j = 1; j < KERNELS; j++) {
            k = k.square();
            sum = sum.add(k.sum());
            slope.addi(k.mul((float) (1 << j)));
        }
        return new Kernel(sum, slope.muli(scale));
    }

    /** Row a of the result is Σ_b slope_ab (from_a - to_b). */
    private static NDArray pull(NDArray slope, NDArray from, NDArray to) {
        return from.mul(slope.sum(new int[] {1}, true)).sub(slope.matMul(to));
    }

    private static NDArray squaredDistances(NDArray a, NDArray b) {
        NDArray aa = a.square().sum(new int[] {1}, true);
        NDArray bb = b.square().sum(new int[] {1}, true).transpose();
        return a.matMul(b.transpose()).muli(-2f).addi(aa).addi(bb).maximum(0f);
    }
}
