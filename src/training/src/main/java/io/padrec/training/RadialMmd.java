package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * Maximum mean discrepancy between two sets of n vectors under a kernel of their distance (PAD, section 3). The kernel's width
 * follows m, the mean squared distance over the joined 2n vectors, which carries no gradient. Same-side pairs count off the
 * diagonal, 1/(n(n-1)) each; cross pairs count -2/n² each.
 *
 * <p>The gradient is in closed form, 4·Σ_b c_ab k'(d²_ab) (z_a - z_b): twice as fast as autograd over the same distances.
 */
record RadialMmd(Kernel kernel) implements AlignmentLoss {
    /** A kernel k(d²). */
    interface Kernel {
        /**
         * @param distances squared distances of pairs, which it may overwrite
         * @param mean      m, a number
         */
        Pairs over(NDArray distances, NDArray mean);

        /** k(0). */
        float atZero();
    }

    /** The sum of k over pairs, and for each pair its derivative by d². */
    record Pairs(NDArray sum, NDArray slope) {
    }

    @Override
    public Loss.Value of(NDArray left, NDArray right) {
        long n = left.getShape().get(0);
        NDArray x = left.stopGradient();
        NDArray y = right.stopGradient();
        NDArray xx = squaredDistances(x, x);
        NDArray yy = squaredDistances(y, y);
        NDArray xy = squaredDistances(x, y);
        // 2n(2n - 1) pairs; floored, so that a batch of equal vectors has a finite kernel.
        NDArray mean = xx.sum().add(yy.sum()).add(xy.sum().mul(2f)).div(2f * n * (2f * n - 1)).add(1e-12f);
        float same = 1f / Math.max(1f, n * (n - 1f));
        float cross = -1f / ((float) n * n);

        Pairs kxx = kernel.over(xx, mean);
        Pairs kyy = kernel.over(yy, mean);
        Pairs kxy = kernel.over(xy, mean);
        // The diagonals hold d = 0: subtracted from the value; their gradient is 0 by itself.
        NDArray value = kxx.sum.add(kyy.sum).sub(2f * n * kernel.atZero()).mul(same).add(kxy.sum.mul(2f * cross));

        NDArray gx = pull(kxx.slope, x, x).mul(same).add(pull(kxy.slope, x, y).mul(cross)).mul(4f);
        NDArray gy = pull(kyy.slope, y, y).mul(same).add(pull(kxy.slope.transpose(), y, x).mul(cross)).mul(4f);
        return new Loss.Value(left.mul(gx).sum().add(right.mul(gy).sum()), value);
    }

    /**
     * The sum of Gaussian kernels exp(-d² / (2·w·m)), each half as wide as the one before and so its square: one exponential
     * makes all.
     *
     * @param widest w of the first
     */
    record Gaussians(float widest, int count) implements Kernel {
        @Override
        public Pairs over(NDArray distances, NDArray mean) {
            NDArray scale = mean.mul(-2f * widest).pow(-1);
            NDArray k = distances.muli(scale).exp();
            NDArray sum = k.sum();
            NDArray slope = k.duplicate();
            for (int j = 1; j < count; j++) {
                k = k.square();
                sum = sum.add(k.sum());
                slope.addi(k.mul((float) (1 << j)));
            }
            return new Pairs(sum, slope.muli(scale));
        }

        @Override
        public float atZero() {
            return count;
        }
    }

    /** exp(-√(d²/m + ε)); ε = 1e-6 keeps the slope finite where two vectors meet. */
    record Laplacian() implements Kernel {
        private static final float EPSILON = 1e-6f;

        @Override
        public Pairs over(NDArray distances, NDArray mean) {
            NDArray d = distances.divi(mean).addi(EPSILON).sqrt();
            NDArray k = d.neg().exp();
            return new Pairs(k.sum(), k.div(d.mul(mean).muli(-2f)));
        }

        @Override
        public float atZero() {
            return (float) Math.exp(-Math.sqrt(EPSILON));
        }
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
