package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.padrec.training.Recipe.AlignmentKind;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The loss of training sequences: the recommendation loss on every position's next item and, where the recipe aligns, the
 * alignment loss between the id vectors and the projected text of the items that came next (PAD, section 3); where the recipe
 * does not anchor, the alignment loss alone. Padding never enters either.
 */
final class SequenceObjective implements Loop.Objective {
    private final Recommender recommender;
    private final Sampler sampler;
    private final Loss loss;
    /** Null for none. */
    private final AlignmentLoss alignment;
    private final boolean anchored;
    private final float lambda;
    private final int items;
    private final int length;
    private final boolean packed;
    private final Rows candidates;

    /**
     * @param candidates items that a loss over all items runs over
     */
    SequenceObjective(Recommender recommender, Sampler sampler, Loss loss, AlignmentKind alignment, float lambda, int items,
            Recipe recipe, int[] candidates) {
        this.recommender = recommender;
        this.sampler = sampler;
        this.loss = loss;
        this.alignment = alignment == AlignmentKind.NONE ? null : AlignmentLoss.of(alignment);
        this.anchored = alignment == AlignmentKind.NONE || recipe.anchored();
        this.lambda = lambda;
        this.items = items;
        this.length = recipe.length();
        this.packed = recipe.packed();
        this.candidates = loss.negatives() == Loss.Negatives.ALL
                ? new Rows(recommender.parameters().manager(), withPadding(Arrays.stream(candidates)), items + 1,
                        true) : null;
    }

    @Override
    public Loss.Value loss(int[] users, long seed, float dropout) {
        NDManager manager = recommender.parameters().manager();
        Sampler.Sequences sequences = sampler.sample(users, seed, loss.negatives());
        Rows rows = candidates != null ? candidates : new Rows(manager, itemsOf(sequences), items + 1, false);
        int[] rowOf = new int[items + 1];
        for (int r = 0; r < rows.size(); r++) {
            rowOf[rows.item(r)] = r;
        }
        Batch batch = new Batch(manager, mapped(sequences.inputs(), rowOf), length, packed);
        int[] targetRows = tokens(sequences.targets(), rowOf, batch);
        if (!anchored) {
            return aligned(recommender.experts().getFirst().vectors(recommender.parameters(), rows, dropout), targetRows);
        }
        NDArray targets = manager.create(targetRows);
        NDArray negatives = switch (loss.negatives()) {
            case ALL -> null;
            case OWN -> manager.create(tokens(sequences.negatives(), rowOf, batch));
            case SHARED -> manager.create(mapped(sequences.negatives(), rowOf)[0]);
            case IN_BATCH -> manager.create(real(targetRows).toArray());
        };
        float share = 1f / Arrays.stream(sequences.targets()).mapToInt(t -> t.length).sum();
        float[] weights = new float[targetRows.length];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = targetRows[t] == 0 ? 0 : share;
        }

        Recommender.Forward forward = recommender.forward(rows, batch, dropout);
        Loss.Value value = loss.of(forward.states(), forward.table(), rows, targets, negatives, manager.create(weights));
        if (alignment == null) {
            return value;
        }
        Loss.Value aligned = aligned(forward.vectors().getFirst(), targetRows);
        return new Loss.Value(value.surrogate().add(aligned.surrogate()), value.value().add(aligned.value()));
    }

    /** lambda times the alignment loss of the items that came next. */
    private Loss.Value aligned(ItemVectors.Vectors vectors, int[] targetRows) {
        IntStream came = real(targetRows);
        NDArray real = recommender.parameters().manager()
                .create((alignment.ofDistinctItems() ? came.sorted().distinct() : came).toArray());
        Loss.Value value = alignment.of(Torch.rows(vectors.ids(), real), Torch.rows(vectors.projected(), real));
        return new Loss.Value(Torch.times(value.surrogate(), lambda), value.value().mul(lambda));
    }

    private static IntStream real(int[] rows) {
        return Arrays.stream(rows).filter(r -> r != 0);
    }

    private static int[][] mapped(int[][] sequences, int[] rowOf) {
        return Arrays.stream(sequences).map(s -> Arrays.stream(s).map(i -> rowOf[i]).toArray()).toArray(int[][]::new);
    }

    /** One row a token, in the batch's order; 0 on the padding tokens of an unpacked batch. */
    private int[] tokens(int[][] sequences, int[] rowOf, Batch batch) {
        return Arrays.stream(sequences).flatMapToInt(s -> IntStream.concat(
                IntStream.generate(() -> 0).limit(packed ? 0 : batch.slots - s.length),
                Arrays.stream(s).map(i -> rowOf[i]))).toArray();
    }

    private static int[] itemsOf(Sampler.Sequences sequences) {
        return withPadding(Stream.of(sequences.inputs(), sequences.targets(), sequences.negatives())
                .flatMap(Arrays::stream).flatMapToInt(Arrays::stream).sorted().distinct());
    }

    private static int[] withPadding(IntStream items) {
        return IntStream.concat(IntStream.of(0), items).toArray();
    }
}
