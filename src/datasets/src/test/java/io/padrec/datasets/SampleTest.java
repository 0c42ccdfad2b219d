package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Catalogue;
import io.padrec.core.FullRanking;
import io.padrec.core.Histories;
import io.padrec.core.Item;
import io.padrec.core.LeaveOneOut;
import io.padrec.core.UserHistory;
import io.padrec.core.Split.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    private final SourceDataset sample = Sample.generate(1);
    private final Catalogue catalogue = new Catalogue(sample.items().stream().map(Item::id).toList(),
            sample.items().stream().map(Item::title).toList());
    private final LeaveOneOut split = new LeaveOneOut(histories());
    private final int[] frequencies = split.trainFrequencies(catalogue.size());

    @Test
    void aSeedGivesTheSameBytesForEver() {
        assertEquals("5e14eb9f4ca940c0a4996d164d96783a9f6bd58c3bdcb6c2ca14e682813c1bc6", hash(sample));
        assertEquals(hash(sample), hash(Sample.generate(1)));
        assertNotEquals(hash(sample), hash(Sample.generate(2)));
    }

    @Test
    void theMachinesLanguageChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertEquals(hash(sample), hash(Sample.generate(1)));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void itSaysThatItIsSynthetic() {
        assertEquals("sample", sample.name());
        assertTrue(sample.origin().startsWith("synthetic sample, seed 1"));
        assertEquals(ImportProblems.NONE, sample.problems());
    }

    @Test
    void itHasTheSizeThatIsPromised() {
        assertEquals(2000, sample.histories().size());
        assertEquals(1000, sample.items().size());
        assertEquals(1000, new HashSet<>(catalogue.titles()).size());
        int[] lengths = sample.histories().stream().mapToInt(history -> history.items().size()).toArray();
        assertEquals(5, Arrays.stream(lengths).min().getAsInt());
        assertEquals(25, Arrays.stream(lengths).max().getAsInt());
        assertEquals(9, Arrays.stream(lengths).average().getAsDouble(), 0.3);
        assertEquals(sample.interactions(), Arrays.stream(lengths).sum());
    }

    @Test
    void nobodyTakesAnItemTwice() {
        for (UserHistory history : sample.histories()) {
            assertEquals(history.items().size(), Set.copyOf(history.items()).size());
        }
    }

    @Test
    void aTenthOfTheItemsIsUnseenInTrainingAndSoAreSomeTargets() {
        long unseen = IntStream.rangeClosed(1, 1000).filter(item -> frequencies[item] == 0).count();
        assertEquals(100, unseen, 15);
        for (Stage stage : Stage.values()) {
            double share = Arrays.stream(split.evaluatedUsers(stage)).filter(u -> frequencies[split.target(u, stage)] == 0).count()
                    / 2000.0;
            assertTrue(share > 0.07 && share < 0.15, stage + ": " + share);
        }
    }

    @Test
    void popularityIsSkewedButDoesNotWin() {
        int[] sorted = Arrays.stream(frequencies).sorted().toArray();
        assertTrue(IntStream.rangeClosed(801, 1000).map(i -> sorted[i]).sum() > 0.4 * Arrays.stream(frequencies).sum());
        assertTrue(hitRate(history -> i -> frequencies[i]) < 0.05);
    }

    @Test
    void theNextItemFollowsFromTheLastOne() {
        int[][] after = new int[1001][1001];
        for (int u = 0; u < 2000; u++) {
            for (int i = 1; i < split.trainLength(u); i++) {
                after[split.histories().item(u, i - 1)][split.histories().item(u, i)]++;
            }
        }
        double hitRate = hitRate(history -> i -> after[history[history.length - 1]][i] + 1e-6f * frequencies[i]);
        assertTrue(hitRate > 0.09, "first-order Markov: " + hitRate);
    }

    @Test
    void theWordsOfTheTitlesTellTasteAlsoOfItemsNeverSeen() {
        List<Set<String>> words = catalogue.titles().stream()
                .map(title -> Set.copyOf(List.of(title.split("[ ,]+")))).toList();
        int[][] common = new int[1001][1001];
        for (int i = 1; i <= 1000; i++) {
            for (int j = 1; j <= 1000; j++) {
                common[i][j] = (int) words.get(i - 1).stream().filter(words.get(j - 1)::contains).count();
            }
        }
        Ranking shared = history -> i -> {
            float sum = 0;
            for (int age = 0; age < history.length; age++) {
                sum += (float) Math.pow(0.8, age) * common[history[history.length - 1 - age]][i];
            }
            return sum;
        };
        assertTrue(hitRate(shared) > 0.08, "shared words: " + hitRate(shared));
        int[] unseen = Arrays.stream(split.evaluatedUsers(Stage.TEST)).filter(u -> frequencies[split.target(u, Stage.TEST)] == 0)
                .toArray();
        assertTrue(hitRate(shared, unseen) > 0.05, "of unseen targets: " + hitRate(shared, unseen));
    }

    private interface Score {
        float of(int item);
    }

    private interface Ranking {
        Score after(int[] history);
    }

    private double hitRate(Ranking ranking) {
        return hitRate(ranking, split.evaluatedUsers(Stage.TEST));
    }

    private double hitRate(Ranking ranking, int[] users) {
        return FullRanking.evaluate(split, Stage.TEST, 1000, users, histories -> {
            float[] scores = new float[histories.length * 1001];
            for (int b = 0; b < histories.length; b++) {
                Score score = ranking.after(histories[b]);
                for (int i = 1; i <= 1000; i++) {
                    scores[b * 1001 + i] = score.of(i);
                }
            }
            return scores;
        }).hitRate(10);
    }

    private Histories histories() {
        Histories.Builder builder = new Histories.Builder();
        for (UserHistory history : sample.histories()) {
            builder.add(history.user(), history.items().stream().mapToInt(catalogue::number).toArray());
        }
        return builder.build();
    }

    private static String hash(SourceDataset dataset) {
        StringBuilder text = new StringBuilder(dataset.origin());
        dataset.items().forEach(item -> text.append('\n').append(item.id()).append('\t').append(item.title()));
        dataset.histories().forEach(history -> text.append('\n').append(history.user()).append('\t')
                .append(String.join(" ", history.items())));
        return AtomicFiles.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
