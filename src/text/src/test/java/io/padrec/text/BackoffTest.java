package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void pausesDoubleUpToAHalfMinute() {
        for (int attempt = 1; attempt <= 20; attempt++) {
            long most = attempt > 6 ? 30_000 : 500L << (attempt - 1);
            for (int i = 0; i < 100; i++) {
                long pause = backoff.after(attempt).toMillis();
                assertTrue(pause >= most / 2 && pause <= most, attempt + ": " + pause);
            }
        }
    }

    @Test
    void pausesDiffer() {
        assertTrue(IntStream.range(0, 100).mapToObj(i -> backoff.after(3)).distinct().count() > 50);
    }

    @Test
    void theServersWishIsAtLeastKept() {
        for (int i = 0; i < 100; i++) {
            long pause = backoff.asked(Duration.ofSeconds(10)).toMillis();
            assertTrue(pause >= 10_000 && pause <= 11_000, "pause " + pause);
        }
        assertEquals(Duration.ZERO, backoff.asked(Duration.ZERO));
    }

    @Test
    void secondsAndDatesAreRead() {
        assertEquals(Optional.of(Duration.ofSeconds(120)), Backoff.retryAfter(" 120 ", NOW));
        assertEquals(Optional.of(Duration.ofSeconds(90)), Backoff.retryAfter("Sun, 01 Mar 2026 12:01:30 GMT", NOW));
        assertEquals(Optional.of(Duration.ZERO), Backoff.retryAfter("Sun, 01 Mar 2026 11:00:00 GMT", NOW));
        assertEquals(Optional.of(Duration.ofSeconds(999_999_999)), Backoff.retryAfter("999999999", NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999", "2026-03-01T12:00:00Z"})
    void whatNobodyCanReadAsksForNothing(String value) {
        assertEquals(Optional.empty(), Backoff.retryAfter(value, NOW));
    }
}
