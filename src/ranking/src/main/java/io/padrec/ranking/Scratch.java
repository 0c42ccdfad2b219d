package io.padrec.ranking;

/**
 * The memory that one request works in, kept for the next: nothing in it is as long as the catalogue.
 *
 * @see Scratches
 */
final class Scratch {
    /** Items scored at a time: their scores stay in the first cache. */
    static final int TILE = 256;

    final float[] states;
    final float[] queries;
    final float[] keysValues;
    final float[] contexts;
    final float[] output;
    final float[] hidden;
    final float[] weights;
    final float[] row;
    final float[] scores = new float[TILE];
    final float[] otherScores = new float[TILE];
    final int[] numbers = new int[TILE];

    /** @param size of the largest encoder */
    Scratch(Size size) {
        this.states = new float[size.tokens * size.width];
        this.queries = new float[size.tokens * size.heads];
        this.keysValues = new float[size.tokens * 2 * size.heads];
        this.contexts = new float[size.tokens * size.heads];
        this.output = new float[size.tokens * size.width];
        this.hidden = new float[size.tokens * size.hidden];
        this.weights = new float[size.tokens];
        this.row = new float[size.row];
    }

    /**
     * @param tokens most items of a history that an encoder sees
     * @param width  padded width of a state
     * @param heads  padded width of all heads side by side
     * @param hidden padded width of the feed-forward's inner layer
     * @param row    padded width of an item's row
     */
    record Size(int tokens, int width, int heads, int hidden, int row) {
        static final Size NOTHING = new Size(0, 0, 0, 0, 0);

        Size and(Size other) {
            return new Size(Math.max(tokens, other.tokens), Math.max(width, other.width), Math.max(heads, other.heads),
                    Math.max(hidden, other.hidden), Math.max(row, other.row));
        }
    }
}
