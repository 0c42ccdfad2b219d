package io.padrec.ranking;

import io.padrec.core.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One measurement of a ranker in a process of its own, so that its memory is the process's. Prints one JSON object.
 *
 * <pre>
 * RankingBenchmark write ITEMS FOLDER                          writes a bundle of that many items
 * RankingBenchmark measure ITEMS FOLDER PRECISION exact|index ROUNDS
 * </pre>
 * {@code scripts/bench recommend} calls it.
 */
public final class RankingBenchmark {
    private static final int K = 10;
    private static final int HISTORIES = 200;
    private static final int TOGETHER = 8;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RankingBenchmark() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int items = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        if (arguments[0].equals("write")) {
            new BenchmarkBundle(items).build().write(folder);
            return;
        }
        boolean indexed = arguments[4].equals("index");
        RankerOptions options = RankerOptions.DEFAULT.with(Precision.valueOf(arguments[3].toUpperCase(java.util.Locale.ROOT)))
                .withExactUpTo(indexed ? 0 : Integer.MAX_VALUE)
                .withIndexThreads(Runtime.getRuntime().availableProcessors());
        System.out.print(Json.pretty(measure(items, folder, options, Integer.parseInt(arguments[5]))));
    }

    private static Map<String, Object> measure(int items, Path folder, RankerOptions options, int rounds)
            throws IOException, InterruptedException {
        Map<String, Object> figures = new LinkedHashMap<>();
        long start = System.nanoTime();
        try (Ranker ranker = Ranker.load(folder, options)) {
            figures.put("kernels", ranker.kernels());
            figures.put("load_s", seconds(start));
            int[][] histories = new BenchmarkBundle(items).histories(HISTORIES, 7);
            if (options.exactUpTo() == 0) {
                List<Set<Integer>> exact = best(ranker, histories);
                index(ranker, figures);
                figures.put("recall_at_10", recall(exact, best(ranker, histories)));
            }
            requests(ranker, histories, rounds, figures);
            // What the index's building left behind is not what serving needs.
            System.gc();
            Thread.sleep(1000);
            figures.put("rss_mb", status("VmRSS:"));
            figures.put("peak_rss_mb", status("VmHWM:"));
        }
        return figures;
    }

    private static void index(Ranker ranker, Map<String, Object> figures) throws InterruptedException {
        while (ranker.index().state() == IndexInfo.State.BUILDING) {
            Thread.sleep(200);
        }
        IndexInfo index = ranker.index();
        figures.put("index", index.state().name());
        figures.put("index_s", index.seconds());
        figures.put("index_beam", index.beam());
        figures.put("index_recall_at_10", index.recall());
        if (index.error() != null) {
            figures.put("index_error", index.error());
        }
    }

    private static void requests(Ranker ranker, int[][] histories, int rounds, Map<String, Object> figures) {
        Times alone = new Times(rounds);
        Times together = new Times(rounds / TOGETHER);
        Times similar = new Times(rounds / TOGETHER);
        // The first half warms up.
        for (int i = -rounds; i < rounds; i++) {
            int first = i + rounds;
            int[] history = histories[first % HISTORIES];
            alone.take(i, 1, () -> ranker.recommend(history, K));
            if (first % TOGETHER == 0) {
                List<Query> queries = IntStream.range(0, TOGETHER)
                        .mapToObj(q -> Query.of(histories[(first + q) % HISTORIES], K)).toList();
                together.take(Math.floorDiv(i, TOGETHER), TOGETHER, () -> ranker.recommend(queries));
                similar.take(Math.floorDiv(i, TOGETHER), 1, () -> ranker.similar(history[0], K));
            }
        }
        alone.put(figures, "");
        together.put(figures, "together_");
        similar.put(figures, "similar_");
    }

    /** Times of one thing by the clock, and by what its thread had of the processor: on a busy machine the two differ. */
    private static final class Times {
        private final double[] clock;
        private final double[] processor;

        Times(int rounds) {
            this.clock = new double[rounds];
            this.processor = new double[rounds];
        }

        /**
         * @param round where its time goes; below zero, nowhere
         * @param parts what the time is divided by
         */
        void take(int round, int parts, Runnable request) {
            long start = System.nanoTime();
            long used = THREADS.getCurrentThreadCpuTime();
            request.run();
            if (round >= 0 && round < clock.length) {
                processor[round] = (THREADS.getCurrentThreadCpuTime() - used) / 1e6 / parts;
                clock[round] = (System.nanoTime() - start) / 1e6 / parts;
            }
        }

        void put(Map<String, Object> figures, String name) {
            Arrays.sort(clock);
            Arrays.sort(processor);
            figures.put(name + "min_ms", clock[0]);
            figures.put(name + "p50_ms", clock[clock.length / 2]);
            figures.put(name + "p99_ms", clock[clock.length * 99 / 100]);
            figures.put(name + "cpu_p50_ms", processor[processor.length / 2]);
        }
    }

    private static List<Set<Integer>> best(Ranker ranker, int[][] histories) {
        return Arrays.stream(histories).map(history -> (Set<Integer>) ranker.recommend(history, K).stream()
                .map(Recommendation::item).collect(Collectors.toCollection(TreeSet::new))).toList();
    }

    private static double recall(List<Set<Integer>> exact, List<Set<Integer>> found) {
        double held = 0;
        for (int h = 0; h < exact.size(); h++) {
            held += exact.get(h).stream().filter(found.get(h)::contains).count();
        }
        return held / (exact.size() * K);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** A line of Linux's account of the process in megabytes; 0 where there is none. */
    private static long status(String field) throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status) ? 0 : Files.readAllLines(status).stream().filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).sum();
    }
}
