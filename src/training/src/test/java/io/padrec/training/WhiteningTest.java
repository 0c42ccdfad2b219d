package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteningTest {
    private static final int WIDTH = 5;
    private static final int ITEMS = 400;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest(name = "decomposed whole up to width {0}")
    @ValueSource(ints = {0, 1024})
    void whitenedVectorsHaveUnitLengthAndNoDirectionThatTheyShare(int whole) {
        float[] white = Whitening.fit(manager, correlated(), WIDTH, whole).apply(manager, correlated());
        for (int a = 0; a < WIDTH; a++) {
            for (int b = 0; b < WIDTH; b++) {
                double covariance = 0;
                for (int i = 1; i <= ITEMS; i++) {
                    covariance += white[i * WIDTH + a] * white[i * WIDTH + b] / (double) ITEMS;
                }
                assertEquals(a == b ? 1.0 / WIDTH : 0, covariance, 0.03);
            }
        }
        for (int i = 1; i <= ITEMS; i++) {
            double squares = 0;
            for (int w = 0; w < WIDTH; w++) {
                squares += white[i * WIDTH + w] * white[i * WIDTH + w];
            }
            assertEquals(1, squares, 1e-5);
        }
    }

    @Test
    void paddingStaysZeroAndAnAxisWithoutVarianceIsLeftOut() {
        float[] text = correlated();
        for (int i = 1; i <= ITEMS; i++) {
            text[i * WIDTH + 2] = 1;
        }
        float[] white = Whitening.fit(manager, text, WIDTH).apply(manager, text);
        for (int w = 0; w < WIDTH; w++) {
            assertEquals(0, white[w]);
        }
        for (int i = 1; i <= ITEMS; i++) {
            assertEquals(0, white[i * WIDTH + WIDTH - 1]);
        }
    }

    @Test
    void textThatIsTheSameForAllItemsGivesZerosAndNotNumbersOutOfNoise() {
        float[] text = new float[4 * WIDTH];
        java.util.Arrays.fill(text, WIDTH, text.length, 0.5f);
        assertArrayEquals(new float[text.length], Whitening.fit(manager, text, WIDTH).apply(manager, text));
    }

    @Test
    void wideVectorsWhitenedByTheirLeadingAxesLieAsTheyDoWhenAllAxesAreFound() {
        int width = 700;
        int items = 1000;
        SplittableRandom random = new SplittableRandom(9);
        float[] text = new float[(items + 1) * width];
        for (int i = width; i < text.length; i++) {
            text[i] = (float) (random.nextGaussian() / (1 + i % width / 10));
        }
        float[] exact = Whitening.fit(manager, text, width, width).apply(manager, text);
        float[] leading = Whitening.fit(manager, text, width, 0).apply(manager, text);
        int kept = exact.length / (items + 1);
        for (int i = 1; i < items; i++) {
            assertEquals(cosine(exact, i, kept), cosine(leading, i, kept), 0.02, "items " + i + " and " + (i + 1));
        }
    }

    private static double cosine(float[] rows, int row, int width) {
        double sum = 0;
        for (int w = 0; w < width; w++) {
            sum += (double) rows[row * width + w] * rows[(row + 1) * width + w];
        }
        return sum;
    }

    private static float[] correlated() {
        SplittableRandom random = new SplittableRandom(3);
        float[] text = new float[(ITEMS + 1) * WIDTH];
        for (int i = 1; i <= ITEMS; i++) {
            float common = (float) random.nextGaussian();
            for (int t = 0; t < WIDTH; t++) {
                text[i * WIDTH + t] = 3 + 2 * common + (t + 1) * (float) random.nextGaussian();
            }
        }
        return text;
    }
}
