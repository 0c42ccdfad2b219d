package io.padrec.text;

/** Brings vectors to length 1. */
final class UnitVectors {
    private UnitVectors() {
    }

    /**
     * Divides the vector by its length, in place.
     *
     * @throws IllegalArgumentException where it is zero, and so has no direction
     */
    static void normalise(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        if (squares == 0) {
            throw new IllegalArgumentException("a vector of zeros");
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
    }
}
