package io.padrec.text;

import io.padrec.core.Json;
import io.padrec.core.Snapshot;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Encoding speed on a snapshot's titles, as a ratio within one run: in segments, as items are embedded, against one text at
 * a time with the same model. Rivals take turns, segment by segment, so that a busy machine slows both; medians of the rounds
 * after one that warms up.
 *
 * <p>{@code EmbeddingBenchmark SNAPSHOT_FILE THREADS ROUNDS} prints one JSON object; {@code scripts/bench embed} calls it.
 */
public final class EmbeddingBenchmark {
    /** Texts a segment. */
    private static final int SEGMENT = 512;
    /** Texts at most: more take longer and say the same. */
    private static final int TEXTS = 4 * SEGMENT;

    private EmbeddingBenchmark() {
    }

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        String hash = file.getFileName().toString().replace(".snapshot", "");
        int threads = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        List<String> texts = spread(Snapshot.read(file.getParent(), hash).catalogue().titles());
        double[] batched = new double[rounds + 1];
        double[] single = new double[rounds + 1];
        try (TextEncoder encoder = TextEncoders.onnx(threads)) {
            for (int round = 0; round <= rounds; round++) {
                for (int from = 0; from < texts.size(); from += SEGMENT) {
                    List<String> segment = texts.subList(from, Math.min(texts.size(), from + SEGMENT));
                    batched[round] += seconds(() -> encoder.encode(segment));
                    single[round] += seconds(() -> segment.forEach(text -> encoder.encode(List.of(text))));
                }
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("threads", threads);
        figures.put("rounds", rounds);
        figures.put("texts", texts.size());
        figures.put("texts_per_second_batched", texts.size() / median(batched));
        figures.put("texts_per_second_single", texts.size() / median(single));
        figures.put("embed_ratio", median(single) / median(batched));
        System.out.print(Json.pretty(figures));
    }

    /** At most {@link #TEXTS} of the titles, from all over the catalogue. */
    private static List<String> spread(List<String> titles) {
        int count = Math.min(TEXTS, titles.size());
        return IntStream.range(0, count).mapToObj(i -> titles.get((int) ((long) i * titles.size() / count))).toList();
    }

    private static double seconds(Runnable encoding) {
        long began = System.nanoTime();
        encoding.run();
        return (System.nanoTime() - began) / 1e9;
    }

    private static double median(double[] seconds) {
        double[] warm = Arrays.copyOfRange(seconds, 1, seconds.length);
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }
}
