package io.padrec.text;

import com.sun.management.OperatingSystemMXBean;
import io.padrec.core.Json;
import io.padrec.core.Snapshot;
import java.lang.management.ManagementFactory;
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
        String hash = Snapshot.hash(file);
        int threads = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        List<String> texts = spread(Snapshot.read(file.getParent(), hash).catalogue().titles());
        Rival batched = new Rival(rounds);
        Rival single = new Rival(rounds);
        try (TextEncoder encoder = TextEncoders.onnx(threads)) {
            for (int round = 0; round <= rounds; round++) {
                for (int from = 0; from < texts.size(); from += SEGMENT) {
                    List<String> segment = texts.subList(from, Math.min(texts.size(), from + SEGMENT));
                    batched.run(round, () -> encoder.encode(segment));
                    single.run(round, () -> segment.forEach(text -> encoder.encode(List.of(text))));
                }
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("threads", threads);
        figures.put("rounds", rounds);
        figures.put("texts", texts.size());
        figures.put("texts_per_second_batched", texts.size() / batched.seconds());
        figures.put("texts_per_second_single", texts.size() / single.seconds());
        figures.put("embed_ratio", single.seconds() / batched.seconds());
        // Half of the ratio is the second core: where others hold it, these say so.
        figures.put("cores_batched", batched.cores());
        figures.put("cores_single", single.cores());
        System.out.print(Json.pretty(figures));
    }

    /** At most {@link #TEXTS} of the titles, from all over the catalogue. */
    private static List<String> spread(List<String> titles) {
        int count = Math.min(TEXTS, titles.size());
        return IntStream.range(0, count).mapToObj(i -> titles.get((int) ((long) i * titles.size() / count))).toList();
    }

    /** One way to encode, and the time it takes. */
    private static final class Rival {
        private static final OperatingSystemMXBean PROCESS =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        private final double[] seconds;
        private final double[] cpu;

        Rival(int rounds) {
            seconds = new double[rounds + 1];
            cpu = new double[rounds + 1];
        }

        void run(int round, Runnable encoding) {
            long began = System.nanoTime();
            long cpuBegan = PROCESS.getProcessCpuTime();
            encoding.run();
            seconds[round] += (System.nanoTime() - began) / 1e9;
            cpu[round] += (PROCESS.getProcessCpuTime() - cpuBegan) / 1e9;
        }

        double seconds() {
            return median(seconds);
        }

        /** How many cores it had, on average. */
        double cores() {
            return median(IntStream.range(0, seconds.length).mapToDouble(i -> cpu[i] / seconds[i]).toArray());
        }

        private static double median(double[] rounds) {
            double[] warm = Arrays.copyOfRange(rounds, 1, rounds.length);
            Arrays.sort(warm);
            return warm[warm.length / 2];
        }
    }
}
