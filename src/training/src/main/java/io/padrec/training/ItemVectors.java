package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.padrec.training.Recipe.Fusion;
import java.util.Arrays;

/** How an expert turns items into vectors: what its encoder reads and what its states are compared with. */
interface ItemVectors {
    /** Item vectors [R, D], and the two spaces that alignment compares, where the expert has both. */
    record Vectors(NDArray items, NDArray ids, NDArray projected) {
    }

    void create(Parameters parameters, String prefix);

    Vectors of(Parameters parameters, String prefix, Rows rows, float dropout);

    /**
     * The trainable id table alone, e_i.
     *
     * @param zeros items whose vectors start at zero and, where no loss touches them, stay there
     */
    record Ids(int items, int width, int[] zeros) implements ItemVectors {
        @Override
        public void create(Parameters p, String prefix) {
            p.normal(prefix + "ids", 0.02, items + 1, width);
            p.zeroRows(prefix + "ids", zeros);
        }

        @Override
        public Vectors of(Parameters p, String prefix, Rows rows, float dropout) {
            NDArray ids = rows.of(p.get(prefix + "ids"));
            return new Vectors(ids, ids, null);
        }
    }

    /**
     * Projected text alone, p(x_i).
     *
     * @param features text features [N + 1, T]
     * @param layers   layers after the first; 0 is the plain linear projection W x
     */
    record Text(NDArray features, int width, int layers) implements ItemVectors {
        @Override
        public void create(Parameters p, String prefix) {
            Projection.create(p, prefix + "projection.", (int) features.getShape().get(1), width, layers);
        }

        @Override
        public Vectors of(Parameters p, String prefix, Rows rows, float dropout) {
            NDArray projected = Projection.of(p, prefix + "projection.", rows.text(features), layers, dropout);
            return new Vectors(projected, null, projected);
        }
    }

    /**
     * Ids and projected text joined (PAD, section 3).
     *
     * @param absence how likely a training step leaves out each item's id vector, [N + 1, 1]; null for never
     */
    record Fused(int items, int[] zeros, NDArray absence, NDArray features, int width, int layers, Fusion fusion) implements ItemVectors {
        @Override
        public void create(Parameters p, String prefix) {
            p.normal(prefix + "ids", 0.02, items + 1, width);
            p.zeroRows(prefix + "ids", zeros);
            Projection.create(p, prefix + "projection.", (int) features.getShape().get(1), width, layers);
            if (fusion != Fusion.SUM) {
                p.xavier(prefix + "fusion.weight", width, 2 * width);
            }
            if (fusion == Fusion.GELU) {
                p.constant(prefix + "fusion.bias", 0, width);
            }
        }

        @Override
        public Vectors of(Parameters p, String prefix, Rows rows, float dropout) {
            NDArray ids = rows.of(p.get(prefix + "ids"));
            NDArray projected = Projection.of(p, prefix + "projection.", rows.text(features), layers, dropout);
            NDArray present = dropout > 0 && absence != null ? ids.mul(presence(rows.of(absence))) : ids;
            NDArray items = switch (fusion) {
                case SUM -> present.add(projected);
                case CONCATENATION -> Torch.linear(Torch.concat(1, present, projected), p.get(prefix + "fusion.weight"), null);
                case GELU -> Torch.gelu(Torch.linear(Torch.concat(1, present, projected), p.get(prefix + "fusion.weight"),
                        p.get(prefix + "fusion.bias")));
                case NULL_SPACE -> throw new IllegalArgumentException("the null space has item vectors of its own");
            };
            return new Vectors(items, ids, projected);
        }

        /** 1 for each row whose id takes part in this step, else 0; drawn from the engine's numbers, as dropout is. */
        private static NDArray presence(NDArray absence) {
            return absence.getManager().randomUniform(0, 1, absence.getShape()).gte(absence).toType(DataType.FLOAT32, false);
        }
    }

    /**
     * Null-space fusion (Hu et al., "AlphaFuse: Learn ID Embeddings for Sequential Recommendation in Null Space of Language
     * Embeddings", SIGIR 2025): the text's leading axes stand in the first half of the vector, and never train; where the text
     * varies least, it is cut off, and the id vector learns there. So neither changes what the other says. The halves are the
     * authors' (64 of 128 dimensions). The text's half is written as a projection that picks the axes, for items to come.
     * On Prime Pantry (seed 1, the full softmax, without id dropout and logit adjustment) it loses to the sum, which learns from all
     * axes: test nDCG@10 3.78 to 4.78 % in one tower, 5.14 to 5.67 % for PAD.
     *
     * @param features whitened text features [N + 1, T], most important axis first
     */
    record NullSpace(int items, int[] zeros, NDArray features, int width) implements ItemVectors {
        @Override
        public void create(Parameters p, String prefix) {
            p.normal(prefix + "ids", 0.02, items + 1, width);
            p.zeroRows(prefix + "ids", zeros);
            int axes = (int) features.getShape().get(1);
            float[] leading = new float[width * axes];
            for (int a = 0; a < textual(); a++) {
                leading[a * axes + a] = 1;
            }
            String projection = prefix + "projection.0.weight";
            p.put(projection, leading, width, axes);
            p.freeze(projection::equals);
        }

        @Override
        public Vectors of(Parameters p, String prefix, Rows rows, float dropout) {
            float[] beside = new float[width];
            Arrays.fill(beside, textual(), width, 1);
            NDArray ids = rows.of(p.get(prefix + "ids")).mul(p.manager().create(beside));
            NDArray projected = Projection.of(p, prefix + "projection.", rows.text(features), 0, dropout);
            return new Vectors(ids.add(projected), ids, projected);
        }

        /** Dimensions that are the text's. */
        private int textual() {
            return Math.min(width / 2, (int) features.getShape().get(1));
        }
    }

    /**
     * Text features as they are.
     *
     * @param features [N + 1, T]
     */
    record Constant(NDArray features) implements ItemVectors {
        @Override
        public void create(Parameters p, String prefix) {
            // Nothing to train.
        }

        @Override
        public Vectors of(Parameters p, String prefix, Rows rows, float dropout) {
            return new Vectors(rows.text(features), null, null);
        }
    }

    /** Vectors that are finished and no longer trained. */
    record Finished(int items, int width) implements ItemVectors {
        @Override
        public void create(Parameters p, String prefix) {
            p.constant(prefix + "items", 0, items + 1, width);
        }

        @Override
        public Vectors of(Parameters p, String prefix, Rows rows, float dropout) {
            return new Vectors(rows.of(p.get(prefix + "items")), null, null);
        }
    }
}
