package io.padrec.training;

import ai.djl.ndarray.NDArray;
import io.padrec.training.Recipe.AlignmentKind;

/** How far the id vectors and the projected text of the same items lie apart (PAD, section 3). */
interface AlignmentLoss {
    /**
     * @param ids       e_i, [n, D]
     * @param projected p(x_i) of the same items, row for row, [n, D]
     */
    Loss.Value of(NDArray ids, NDArray projected);

    /** True where an item that stands in a batch several times may count only once. */
    default boolean ofDistinctItems() {
        return false;
    }

    /** The loss of any kind but NONE. */
    static AlignmentLoss of(AlignmentKind kind) {
        return switch (kind) {
            case MMD_GAUSSIAN_MULTI -> new RadialMmd(new RadialMmd.Gaussians(2f, 5));
            case MMD_GAUSSIAN_SINGLE -> new RadialMmd(new RadialMmd.Gaussians(1f, 1));
            case MMD_LAPLACIAN -> new RadialMmd(new RadialMmd.Laplacian());
            case MMD_LINEAR -> new ProductMmd(false);
            case MMD_COSINE -> new ProductMmd(true);
            case INFONCE -> new InfoNce();
            case MSE -> (ids, projected) -> value(ids.sub(projected).square().mean());
            case KL -> (ids, projected) -> value(divergence(ids, projected));
            case NONE -> throw new IllegalArgumentException("no alignment has no loss");
        };
    }

    /** KL(softmax(e_i) ‖ softmax(p(x_i))), averaged over items. */
    private static NDArray divergence(NDArray ids, NDArray projected) {
        return ids.softmax(1).mul(ids.logSoftmax(1).sub(projected.logSoftmax(1))).sum(new int[] {1}).mean();
    }

    private static Loss.Value value(NDArray loss) {
        return new Loss.Value(loss, loss);
    }
}
