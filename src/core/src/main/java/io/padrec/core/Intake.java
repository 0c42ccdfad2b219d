package io.padrec.core;

/**
 * Where a tensor goes while its file is read from front to back: into memory as it is, nowhere, or piece by piece to somebody
 * who has a better place for it than an array as long as the tensor.
 */
@FunctionalInterface
public interface Intake {
    /** The tensor is kept as a {@link Tensor}. */
    Intake WHOLE = (first, numbers, count) -> {
        throw new IllegalStateException("a tensor that is kept whole comes in no pieces");
    };
    /** The tensor is not needed. */
    Intake SKIP = (first, numbers, count) -> {
        throw new IllegalStateException("a tensor that is skipped comes in no pieces");
    };

    /** Decides, before any tensor is read, where each goes. */
    @FunctionalInterface
    interface Plan {
        /**
         * @return {@link #WHOLE}, {@link #SKIP}, or the taker of the pieces of a tensor of floating point numbers
         */
        Intake of(String name, int[] shape);
    }

    /**
     * Takes the next piece of the tensor; pieces come in rising order and without gaps.
     *
     * @param first   index of the piece's first number within the tensor, row by row
     * @param numbers holds the piece from index 0 on; used again for the next one
     * @param count   how many numbers the piece has
     */
    void take(long first, float[] numbers, int count);
}
