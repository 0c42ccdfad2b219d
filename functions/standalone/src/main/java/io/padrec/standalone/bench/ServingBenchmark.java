package io.padrec.standalone.bench;

import io.padrec.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast recommendations are served: the packaged function on one core, asked from another. Every figure of one run is of the same
 * hour on the same machine, rivals take turns.
 *
 * <pre>
 * ServingBenchmark FAST-JAR AOT-JAR JAVA-OPTIONS BUNDLE WORK MILLION JSON
 * </pre>
 * The first two are folders of the packaged function, JAVA-OPTIONS a file of options, BUNDLE is served, WORK an empty folder, MILLION
 * a folder with what {@code scripts/bench recommend} measured of a million items or {@code -}, and JSON takes the figures.
 * {@code scripts/bench recommend} calls it.
 */
public final class ServingBenchmark {
    private static final int MANY = 16;
    /** While it starts there is no load yet. */
    private static final String BOTH_CORES = "0,1";
    private static final int STARTS = 5;
    private static final int SWAPS = 20;
    private static final int ROUNDS = 20;
    /** Until the second compiler has done with it: on the one core it takes the requests' time, a hundredth of them, for a minute. */
    private static final Duration WARM_UP = Duration.ofSeconds(120);
    private static final Duration TIME = Duration.ofSeconds(20);

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Path fastJar;
    private final Path aotJar;
    private final List<String> java;
    private final Path bundle;
    private final Path work;
    private final int[][] histories;
    private final List<String> bodies;

    private ServingBenchmark(Path fastJar, Path aotJar, List<String> java, Path bundle, Path work) {
        this.fastJar = fastJar;
        this.aotJar = aotJar;
        this.java = java;
        this.bundle = bundle;
        this.work = work;
        Questions questions = Questions.of(bundle);
        this.histories = questions.histories();
        this.bodies = questions.bodies();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        ServingBenchmark benchmark = new ServingBenchmark(Path.of(arguments[0]), Path.of(arguments[1]),
                Files.readAllLines(Path.of(arguments[2])), Path.of(arguments[3]), Path.of(arguments[4]));
        benchmark.makeCache();
        benchmark.latency();
        benchmark.rival();
        if (!arguments[5].equals("-")) {
            benchmark.million(Path.of(arguments[5]));
        }
        benchmark.coldStart();
        benchmark.swaps();
        Files.writeString(Path.of(arguments[6]), Json.pretty(benchmark.figures), StandardCharsets.UTF_8);
    }

    private void latency() throws IOException, InterruptedException {
        try (Server server = Server.start(aotJar, cached(), Server.serving(bundle), work)) {
            Load load = new Load(server.port(), bodies);
            server.awaitAnswer(load);
            load.run(MANY, WARM_UP);
            Latencies one = load.run(1, TIME);
            put("p50_ms", one.at(0.5), "1 connection, %d requests, %d failed: p50 %.2f ms, p99 %.2f ms", one.nanos().length,
                    one.failed(), one.at(0.5), one.at(0.99));
            figures.put("p99_ms", one.at(0.99));
            Latencies many = load.run(MANY, TIME);
            put("saturated_rps", many.perSecond(), "%d connections: %.0f requests/s, p99 %.1f ms, %d failed", MANY, many.perSecond(),
                    many.at(0.99), many.failed());
            put("rss_mb", server.residentMegabytes(), "resident memory after that: %d MB", server.residentMegabytes());
        }
    }

    private void rival() {
        Rival.Ratios ratios = Rival.measure(bundle, histories, ROUNDS);
        put("pytorch_throughput_ratio", ratios.throughput(), "against PyTorch on one thread: %.1f times the throughput, p50 %.2f "
                + "against %.2f ms, %.2f of it", ratios.throughput(), ratios.rankerMillis(), ratios.torchMillis(), ratios.p50());
    }

    /** What {@code scripts/bench recommend} found, in files by precision and way of search. */
    private void million(Path folder) throws IOException {
        Map<String, Object> exact = Json.parseObject(Files.readString(folder.resolve("float32-exact.json")));
        Map<String, Object> index = Json.parseObject(Files.readString(folder.resolve("float32-index.json")));
        Map<String, Object> small = Json.parseObject(Files.readString(folder.resolve("int8-index.json")));
        put("exact_1m_ms", exact.get("p50_ms"), "1 000 000 items, exact: p50 %.1f ms", exact.get("p50_ms"));
        put("approximate_1m_p50_ms", index.get("p50_ms"), "1 000 000 items, by the index: p50 %.2f ms, recall@10 %.4f, %d MB in "
                + "float32, %d MB in int8", index.get("p50_ms"), index.get("recall_at_10"), index.get("rss_mb"), small.get("rss_mb"));
        figures.put("approximate_1m_recall_at_10", index.get("recall_at_10"));
        figures.put("rss_1m_float32_mb", index.get("rss_mb"));
        figures.put("rss_1m_int8_mb", small.get("rss_mb"));
    }

    /** The AOT cache, as an image has it. */
    private void makeCache() throws IOException, InterruptedException {
        try (Server server = Server.start(aotJar, with("-XX:AOTCacheOutput=" + cache(), "-Dpadrec.kernels=plain"), Server.serving(bundle), work)) {
            server.awaitAnswer(new Load(server.port(), bodies));
        }
        if (!Files.exists(cache())) {
            throw new IllegalStateException("no AOT cache was made; see the server's log");
        }
    }

    private Path cache() {
        return work.resolve("app.aot");
    }

    private List<String> cached() {
        return with("-XX:AOTCache=" + cache());
    }

    private void coldStart() throws IOException, InterruptedException {
        double[] cached = new double[STARTS];
        double[] plain = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            cached[i] = start(aotJar, cached());
            plain[i] = start(fastJar, java);
        }
        Arrays.sort(cached);
        Arrays.sort(plain);
        double ratio = plain[STARTS / 2] / cached[STARTS / 2];
        put("cold_start_s", cached[STARTS / 2], "exec to first recommendation on both cores, no database: %.2f s with the AOT cache, "
                + "%.2f s as a fast-jar, %.1f times", cached[STARTS / 2], plain[STARTS / 2], ratio);
        figures.put("cold_start_ratio", ratio);
    }

    private double start(Path application, List<String> options) throws IOException, InterruptedException {
        try (Server server = Server.start(BOTH_CORES, application, options, Server.serving(bundle), work)) {
            return server.awaitAnswer(new Load(server.port(), bodies));
        }
    }

    private List<String> with(String... more) {
        List<String> options = new ArrayList<>(java);
        options.addAll(List.of(more));
        return options;
    }

    private void swaps() throws IOException, InterruptedException, SQLException {
        Swapping.Result result = new Swapping(aotJar, cached(), work, bodies).measure(bundle, SWAPS);
        put("swap_failed_requests", result.failed(), "%d swaps under 4 connections: %d failed, p99 %.1f ms against %.1f ms without, "
                + "%.1f times", result.swaps(), result.failed(), result.p99(), result.quietP99(), result.ratio());
        figures.put("swap_p99_ratio", result.ratio());
    }

    private void put(String name, Object figure, String line, Object... values) {
        figures.put(name, figure);
        System.out.printf(Locale.ROOT, line + "%n", values);
    }
}
