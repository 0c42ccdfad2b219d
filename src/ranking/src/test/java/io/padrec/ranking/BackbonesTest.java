package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.core.Bundle;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Experts of every backbone, in one bundle, score as the formulas have it. */
class BackbonesTest {
    private static final int ITEMS = 300;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 30})
    void scoresAreThoseOfTheReferenceForEveryLengthOfHistory(int length) {
        // Widths that fill no vector and that fill several, a history shorter than the window, and encoders of one memory.
        List<Bundle> bundles = List.of(
                RandomBundle.of(ITEMS, 1).gru4Rec("id", 10, 7).gru4Rec("aligned", 40, 4).mean("text", 11, 6, 0.8).build(),
                RandomBundle.of(ITEMS, 2).caser("id", 10, 5, 3, 2, 7).caser("aligned", 40, 4, 5, 3, 2).mean("text", 11, 6, 0.8)
                        .build(),
                RandomBundle.of(ITEMS, 3).gru4Rec("id", 6, 1).caser("aligned", 33, 1, 1, 1, 1).sasRec("text", 8, 2, 2, 7).build(),
                RandomBundle.of(ITEMS, 4).sasRec("id", 8, 1, 2, 7).cosine(0.07).gru4Rec("aligned", 10, 4).cosine(0.5)
                        .mean("text", 11, 6, 0.8).build());
        for (Bundle bundle : bundles) {
            Reference reference = new Reference(bundle);
            for (Kernels kernels : List.of(new VectorKernels(), new ScalarKernels())) {
                Ranker ranker = Ranker.of(bundle, "random", RankerOptions.DEFAULT, () -> kernels);
                Random random = new Random(length);
                // Twice, since the memory of the first is that of the second.
                for (int h = 0; h < 2; h++) {
                    int[] history = random.ints(length, 1, ITEMS + 1).toArray();
                    double[] expected = reference.scores(history);
                    float[] scores = ranker.scores(history);
                    for (int i = 1; i <= ITEMS; i++) {
                        assertEquals(expected[i], scores[i], 1e-4, kernels.name() + ", item " + i);
                    }
                }
            }
        }
    }
}
