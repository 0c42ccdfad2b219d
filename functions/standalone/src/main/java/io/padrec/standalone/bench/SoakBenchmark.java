package io.padrec.standalone.bench;

import io.padrec.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the server's memory stays flat under load: it is asked over several connections for minutes, and its resident memory is
 * read again and again.
 *
 * <pre>
 * SoakBenchmark APPLICATION JAVA-OPTIONS BUNDLE WORK MINUTES JSON
 * </pre>
 * as for {@link ServingBenchmark}. {@code scripts/bench soak} calls it; it exits with 1 where a request failed or the memory grew by
 * more than a tenth after the first fifth of the time.
 */
public final class SoakBenchmark {
    private static final int CONNECTIONS = 4;
    private static final int LOOKS = 20;
    private static final int SETTLED = LOOKS / 5;
    private static final double GROWTH = 1.1;

    private SoakBenchmark() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path bundle = Path.of(arguments[2]);
        Path work = Path.of(arguments[3]);
        Duration turn = Duration.ofMinutes(Long.parseLong(arguments[4])).dividedBy(LOOKS);
        List<Long> megabytes = new ArrayList<>();
        long answered = 0;
        long failed = 0;
        try (Server server = Server.start(Path.of(arguments[0]), Files.readAllLines(Path.of(arguments[1])), Server.serving(bundle), work)) {
            Load load = new Load(server.port(), Questions.of(bundle).bodies());
            server.awaitAnswer(load);
            for (int look = 0; look < LOOKS; look++) {
                Latencies seen = load.run(CONNECTIONS, turn);
                answered += seen.nanos().length;
                failed += seen.failed();
                megabytes.add(server.residentMegabytes());
                System.out.printf(Locale.ROOT, "%5.1f min: %d MB, %.0f requests/s, p99 %.1f ms, %d failed%n",
                        (look + 1) * turn.toMillis() / 60e3, megabytes.getLast(), seen.perSecond(), seen.at(0.99), seen.failed());
            }
        }
        double growth = (double) megabytes.getLast() / megabytes.get(SETTLED - 1);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("minutes", Long.parseLong(arguments[4]));
        figures.put("answered", answered);
        figures.put("failed", failed);
        figures.put("rss_mb", megabytes);
        figures.put("growth", growth);
        Files.writeString(Path.of(arguments[5]), Json.pretty(figures), StandardCharsets.UTF_8);
        boolean flat = failed == 0 && growth <= GROWTH;
        System.out.printf(Locale.ROOT, "%d answers, %d failed; memory at the end is %.2f times that after %d looks: %s%n", answered,
                failed, growth, SETTLED, flat ? "flat" : "not flat");
        System.exit(flat ? 0 : 1);
    }
}
