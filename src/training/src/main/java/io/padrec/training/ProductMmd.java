package io.padrec.training;

import ai.djl.ndarray.NDArray;

/**
 * Maximum mean discrepancy between two sets of n vectors under the kernel ⟨u, v⟩, or its cosine (PAD, section 3). With a kernel
 * that is a product, the sums over pairs are products of sums: same-side pairs off the diagonal are ‖Σu‖² - Σ‖u‖².
 *
 * @param unit true for the cosine
 */
record ProductMmd(boolean unit) implements AlignmentLoss {
    @Override
    public Loss.Value of(NDArray ids, NDArray projected) {
        NDArray x = unit ? Torch.unit(ids) : ids;
        NDArray y = unit ? Torch.unit(projected) : projected;
        long n = x.getShape().get(0);
        NDArray left = x.sum(new int[] {0});
        NDArray right = y.sum(new int[] {0});
        NDArray same = left.square().sum().sub(x.square().sum()).add(right.square().sum().sub(y.square().sum()));
        NDArray cross = left.mul(right).sum();
        NDArray value = Torch.times(same, 1f / Math.max(1, n * (n - 1))).sub(Torch.times(cross, 2f / (n * n)));
        return new Loss.Value(value, value);
    }
}
