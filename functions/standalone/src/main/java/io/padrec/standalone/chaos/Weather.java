package io.padrec.standalone.chaos;

import java.time.Duration;
import java.util.Map;

/**
 * How hard the trial is.
 *
 * @param kills      processes that are killed
 * @param seed       of what is random about the trial; training always has the same
 * @param epochs     most epochs a phase
 * @param sinkDown   how long the router is down
 * @param calmest    longest time between two kills
 * @param latest     longest time that a copy of an event is held back
 * @param patience   after which the pipeline has failed
 */
public record Weather(int kills, long seed, int epochs, Duration sinkDown, Duration calmest, Duration latest, Duration patience) {
    /** Of a claim on a run: short, for a killed worker's run waits so long for the next. */
    static final Duration LEASE = Duration.ofSeconds(5);

    /** About ten minutes on two cores. */
    public static Weather whole(int kills, long seed) {
        return new Weather(kills, seed, 12, Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(4),
                Duration.ofMinutes(25));
    }

    /** A few minutes, for the test suite. */
    public static Weather quick(int kills, long seed) {
        return new Weather(kills, seed, 3, Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMinutes(8));
    }

    /** What the functions find in their environment, in both passes. */
    Map<String, String> settings() {
        return Map.of("PADREC_RUN_LEASE", LEASE.toSeconds() + "s",
                // Sums in one order: the passes are compared to the bit.
                "PADREC_TRAINING_THREADS", "1",
                // Many segments, so that a kill can come between two of them.
                "PADREC_EMBED_SEGMENT", "64",
                // The first compiler alone: these processes live for seconds, and starting is most of what they do.
                "JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    }
}
