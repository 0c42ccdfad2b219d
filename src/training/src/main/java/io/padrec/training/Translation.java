package io.padrec.training;

import io.padrec.core.Catalogue;
import io.padrec.core.FullRanking;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A model's scores in the item numbers of another catalogue. What only one of the two catalogues holds is unknown to the other. */
final class Translation {
    /** For each item here its number at the model, 0 = unknown there, [N + 1]. */
    private final int[] there;
    private final int itemsThere;

    Translation(Catalogue here, Catalogue model) {
        this.there = IntStream.rangeClosed(0, here.size()).map(item -> item == 0 ? 0 : model.number(here.id(item))).toArray();
        this.itemsThere = model.size();
    }

    /** Scores of items unknown to the model, and of all items where it knows nothing of the history, are negative infinity. */
    FullRanking.Scorer over(FullRanking.Scorer model) {
        return histories -> {
            int[][] known = Arrays.stream(histories)
                    .map(history -> Arrays.stream(history).map(item -> there[item]).filter(item -> item > 0).toArray())
                    .toArray(int[][]::new);
            int[][] asked = Arrays.stream(known).filter(history -> history.length > 0).toArray(int[][]::new);
            float[] answers = asked.length == 0 ? new float[0] : model.score(asked);
            float[] scores = new float[histories.length * there.length];
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
            int row = 0;
            for (int h = 0; h < histories.length; h++) {
                if (known[h].length > 0) {
                    translate(answers, row * (itemsThere + 1), scores, h * there.length);
                    row++;
                }
            }
            return scores;
        };
    }

    private void translate(float[] answers, int from, float[] scores, int to) {
        for (int item = 1; item < there.length; item++) {
            if (there[item] > 0) {
                scores[to + item] = answers[from + there[item]];
            }
        }
    }
}
