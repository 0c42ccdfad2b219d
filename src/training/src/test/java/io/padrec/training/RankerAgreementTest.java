package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import io.padrec.ranking.ItemSet;
import io.padrec.ranking.Query;
import io.padrec.ranking.Ranker;
import io.padrec.training.testing.TinySnapshot;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Serving computes without PyTorch what training computes with it. */
class RankerAgreementTest {
    private static final float SAME = 1e-4f;
    private static final int HISTORIES = 1000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"best, backbone, sasrec", "paper, backbone, sasrec", "best, backbone, gru4rec", "paper, backbone, gru4rec",
        "best, backbone, caser", "paper, backbone, caser", "best, fusion, null-space", "best, loss, cosine-softmax",
        "paper, loss, cosine-softmax"})
    void theRankerScoresAThousandHistoriesAsTrainingDoes(String recipe, String setting, String value) {
        Snapshot snapshot = TinySnapshot.of(200, 3);
        try (Training training = training(snapshot, TinySnapshot.small(recipe, 2).with(setting, value))) {
            Bundle finetuned = finetuned(training);
            finetuned.write(folder.resolve("bundle"));
            try (Ranker ranker = Ranker.load(folder.resolve("bundle"))) {
                int[][] histories = histories();
                float[] expected = scores(finetuned, histories);
                assertInnerProductsAre(expected, finetuned, histories);
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
    }

    /**
     * Text is all that is known of an item that nobody bought, whether it came before training or after. In the paper's recipe the
     * loss has pushed such an item's id vector away, so there only the expert of text alone must agree.
     */
    @ParameterizedTest
    @CsvSource({"best, fusion, sum", "paper, fusion, gelu", "best, fusion, null-space", "best, loss, cosine-softmax"})
    void anUnseenItemRanksAsIfItHadComeAfterTraining(String recipe, String setting, String value) {
        Snapshot snapshot = TinySnapshot.of(200, 3);
        try (Training training = training(snapshot, TinySnapshot.small(recipe, 2).with(setting, value));
                Ranker ranker = Ranker.of(finetuned(training), recipe)) {
            int[] unseen = IntStream.rangeClosed(1, snapshot.items()).filter(i -> snapshot.bins().frequency(i) == 0).toArray();
            assertTrue(unseen.length > 0);
            for (int item : unseen) {
                int width = snapshot.textWidth();
                int later = ranker.add("later-" + item, "", Arrays.copyOfRange(snapshot.text(), item * width, (item + 1) * width));
                for (int[] history : Arrays.copyOf(histories(), 20)) {
                    float[] expected = shares(ranker, history, item);
                    float[] shares = shares(ranker, history, later);
                    for (int k = recipe.equals("paper") ? 2 : 0; k < 3; k++) {
                        assertEquals(expected[k], shares[k], SAME, "item " + item + ", expert " + k);
                    }
                    assertTrue(Math.abs(expected[2]) > SAME, "a share of " + expected[2] + " tells nothing");
                }
            }
        }
    }

    private static float[] shares(Ranker ranker, int[] history, int item) {
        return ranker.recommend(Query.of(history, 1).includingSeen().within(ItemSet.of(item))).getFirst().shares();
    }

    private Training training(Snapshot snapshot, Recipe recipe) {
        return Training.open(snapshot, "f00d", recipe, 1, new Settings("cpu", 1), folder.resolve("checkpoints"));
    }

    private static Bundle finetuned(Training training) {
        Progress silent = step -> {
        };
        Bundle pretrained = training.pretrain(silent);
        return training.finetune(pretrained, training.align(pretrained, silent), silent);
    }

    private static float[] scores(Bundle finetuned, int[][] histories) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            return Bundles.recommender(finetuned, manager)
                    .scoring(scorer -> scorer.score(histories));
        }
    }

    /** The vectors that other programs get say the same. */
    private static void assertInnerProductsAre(float[] expected, Bundle finetuned, int[][] histories) {
        try (Vectors vectors = Vectors.open(finetuned, Optional.empty(), new Settings("cpu", 1));
                Vectors text = Vectors.open(finetuned, Optional.of("text"), new Settings("cpu", 1))) {
            int items = vectors.catalogue().size();
            int width = vectors.width();
            float[] table = vectors.items();
            float[] users = vectors.users(histories);
            assertEquals(items * width, table.length);
            assertEquals(items * text.width(), text.items().length);
            for (int h = 0; h < 20; h++) {
                for (int i = 1; i <= items; i++) {
                    float score = 0;
                    for (int d = 0; d < width; d++) {
                        score += users[h * width + d] * table[(i - 1) * width + d];
                    }
                    assertEquals(expected[h * (items + 1) + i], score, SAME, "item " + i + " of history " + h);
                }
            }
        }
        assertThrows(PadrecException.class, () -> Vectors.open(finetuned, Optional.of("price"), new Settings("cpu", 1)));
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
