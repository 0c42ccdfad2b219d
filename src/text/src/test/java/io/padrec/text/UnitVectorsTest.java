package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class UnitVectorsTest {
    @Test
    void aVectorKeepsItsDirectionAndGetsLengthOne() {
        float[] vector = {3, -4};
        UnitVectors.normalise(vector);
        assertArrayEquals(new float[] {0.6f, -0.8f}, vector);
    }

    @Test
    void hugeAndTinyNumbersAreNoTrouble() {
        for (float x : new float[] {Float.MAX_VALUE, Float.MIN_VALUE}) {
            float[] vector = {x, x};
            UnitVectors.normalise(vector);
            assertEquals(Math.sqrt(0.5), vector[0], 1e-6);
        }
    }

    @Test
    void zerosHaveNoDirection() {
        assertThrows(IllegalArgumentException.class, () -> UnitVectors.normalise(new float[3]));
    }
}
