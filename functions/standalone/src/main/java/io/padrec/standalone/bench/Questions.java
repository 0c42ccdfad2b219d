package io.padrec.standalone.bench;

import io.padrec.core.Json;
import io.padrec.ranking.Ranker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Random histories, always the same ones.
 *
 * @param histories item numbers
 * @param bodies    of {@code POST /recommend} for each of them
 */
record Questions(int[][] histories, List<String> bodies) {
    private static final int COUNT = 500;
    private static final int LONGEST = 50;

    static Questions of(Path bundle) {
        try (Ranker ranker = Ranker.load(bundle)) {
            SplittableRandom random = new SplittableRandom(1);
            int[][] histories = IntStream.range(0, COUNT).mapToObj(q -> random.ints(1 + random.nextInt(LONGEST), 1,
                    ranker.items() + 1).toArray()).toArray(int[][]::new);
            return new Questions(histories, Arrays.stream(histories).map(history -> Json.write(Map.of("k", 10L, "history",
                    Arrays.stream(history).mapToObj(ranker::id).toList()))).toList());
        }
    }
}
