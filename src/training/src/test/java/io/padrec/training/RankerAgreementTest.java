package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.padrec.core.Bundle;
import io.padrec.core.Snapshot;
import io.padrec.ranking.Ranker;
import io.padrec.training.testing.TinySnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serving computes without PyTorch what training computes with it. */
class RankerAgreementTest {
    private static final float SAME = 1e-4f;
    private static final int HISTORIES = 1000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"best", "paper"})
    void theRankerScoresAThousandHistoriesAsTrainingDoes(String recipe) {
        Snapshot snapshot = TinySnapshot.of(200, 3);
        Progress silent = step -> {
        };
        try (Training training = Training.open(snapshot, "f00d", TinySnapshot.small(recipe, 2), 1, new Settings("cpu", 1),
                folder.resolve("checkpoints"))) {
            Bundle pretrained = training.pretrain(silent);
            Bundle finetuned = training.finetune(pretrained, training.align(pretrained, silent), silent);
            finetuned.write(folder.resolve("bundle"));
            Ranker ranker = Ranker.load(folder.resolve("bundle"));
            int[][] histories = histories();
            float[] expected = scores(finetuned, histories);
            for (int h = 0; h < HISTORIES; h++) {
                float[] scores = ranker.scores(histories[h]);
                int row = h * (snapshot.items() + 1);
                for (int i = 1; i <= snapshot.items(); i++) {
                    assertEquals(expected[row + i], scores[i], SAME, "item " + i + " of history " + h);
                }
                assertSameTop(expected, row, ranker, histories[h]);
            }
        }
    }

    private static float[] scores(Bundle finetuned, int[][] histories) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            return Bundles.recommender(finetuned, List.of("id", "aligned", "text"), manager)
                    .scoring(scorer -> scorer.score(histories));
        }
    }

    /** Each recommended item scores, in training's eyes, at least as high as the tenth best there, but for a tie. */
    private static void assertSameTop(float[] expected, int row, Ranker ranker, int[] history) {
        List<Integer> seen = IntStream.of(history).boxed().toList();
        double[] best = IntStream.rangeClosed(1, TinySnapshot.ITEMS).filter(i -> !seen.contains(i))
                .mapToDouble(i -> -expected[row + i]).sorted().limit(10).toArray();
        ranker.recommend(history, 10).forEach(r -> assertTrue(expected[row + r.item()] >= -best[9] - SAME));
    }

    private static int[][] histories() {
        SplittableRandom random = new SplittableRandom(11);
        return IntStream.range(0, HISTORIES)
                .mapToObj(h -> random.ints(1 + random.nextInt(12), 1, TinySnapshot.ITEMS + 1).toArray()).toArray(int[][]::new);
    }
}
