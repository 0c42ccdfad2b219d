package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every text encoder keeps to. The test of an encoder extends this class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TextEncoderContract {
    private static final float ROUNDING = 1e-4f;
    private static final List<String> TEXTS = List.of("Whole wheat spaghetti, 16 oz", "Tomato and basil pasta sauce, 24 oz",
            "Liquid laundry detergent, lavender scent, 100 fl oz", "Tea", "", "Dark chocolate with sea salt and almonds, "
                    + "70 % cocoa, organic, fair trade, pack of twelve bars of 3.5 oz each, made in small batches");

    private TextEncoder encoder;

    /** A fresh encoder. */
    abstract TextEncoder open();

    @BeforeAll
    void openOne() {
        encoder = open();
    }

    @AfterAll
    void closeIt() {
        encoder.close();
    }

    @Test
    void itHasAName() {
        assertFalse(encoder.name().isBlank());
    }

    @Test
    void everyVectorHasTheWidthAndLengthOne() {
        for (float[] vector : encoder.encode(TEXTS)) {
            assertUnit(vector);
        }
    }

    @Test
    void theSameTextsGiveTheSameVectors() {
        assertArrayEquals(encoder.encode(TEXTS), encoder.encode(TEXTS));
    }

    @Test
    void aVectorDependsOnItsTextAlone() {
        List<String> shuffled = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            shuffled.add(TEXTS.get(i % TEXTS.size()) + (i < TEXTS.size() ? "" : " no " + i));
        }
        Collections.shuffle(shuffled, new Random(1));
        float[][] together = encoder.encode(shuffled);
        for (String text : TEXTS) {
            assertArrayEquals(encoder.encode(List.of(text))[0], together[shuffled.indexOf(text)], ROUNDING);
        }
    }

    @Test
    void textsOfLikeMeaningLieCloser() {
        float[][] vectors = encoder.encode(TEXTS);
        assertTrue(cosine(vectors[0], vectors[1]) > cosine(vectors[0], vectors[2]) + 0.05);
    }

    @Test
    void noTextsGiveNoVectors() {
        assertEquals(0, encoder.encode(List.of()).length);
    }

    @Test
    void anEmptyTextHasAVector() {
        assertUnit(encoder.encode(List.of(""))[0]);
    }

    @Test
    void aTextOfAHundredThousandCharactersHasAVector() {
        assertUnit(encoder.encode(List.of("olive oil ".repeat(10_000)))[0]);
        assertUnit(encoder.encode(List.of("x".repeat(100_000)))[0]);
    }

    @Test
    void charactersOutsideTheModelsLanguageAreNoTrouble() {
        for (float[] vector : encoder.encode(List.of("緑茶 500ml", "😀", "half a pair \ud83d", "zero \0 inside", "\t\r\n"))) {
            assertUnit(vector);
        }
    }

    @Test
    void severalThreadsMayEncodeAtOnce() throws Exception {
        float[][] expected = encoder.encode(TEXTS);
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<float[][]> call = () -> encoder.encode(TEXTS);
            for (var answer : threads.invokeAll(Collections.nCopies(8, call))) {
                assertArrayEquals(expected, answer.get());
            }
        }
    }

    @Test
    void aClosedEncoderSaysSo() {
        TextEncoder other = open();
        other.close();
        other.close();
        assertThrows(IllegalStateException.class, () -> other.encode(TEXTS));
    }

    private void assertUnit(float[] vector) {
        assertEquals(encoder.width(), vector.length);
        assertEquals(1, cosine(vector, vector), 1e-5);
    }

    static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
