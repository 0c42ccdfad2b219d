package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WhiteningTest {
    private static final int WIDTH = 5;
    private static final int ITEMS = 400;

    @Test
    void whitenedVectorsHaveUnitLengthAndNoDirectionThatTheyShare() {
        float[] white = Whitening.fit(correlated(), WIDTH).apply(correlated());
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
        float[] white = Whitening.fit(text, WIDTH).apply(text);
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
        assertArrayEquals(new float[text.length], Whitening.fit(text, WIDTH).apply(text));
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
