package io.padrec.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to pause before a request is sent again. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The pause after the {@code attempt}-th failure: twice as long each time, and by chance up to a half shorter. */
    Duration after(int attempt) {
        // By chance, so that requests which failed together do not come back together.
        long millis = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt - 1, 10));
        return Duration.ofMillis(random.nextLong(millis / 2, millis + 1));
    }

    /** The pause that the server asked for, and by chance up to a tenth more. */
    Duration asked(Duration retryAfter) {
        return retryAfter.plusMillis(random.nextLong(retryAfter.toMillis() / 10 + 1));
    }

    /**
     * Reads a Retry-After header.
     *
     * @param value seconds, or a date as HTTP writes it
     * @return how long from {@code now} on; nothing where the value is neither
     */
    static Optional<Duration> retryAfter(String value, Instant now) {
        String text = value.strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Duration wait = Duration.between(now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty(); // a header that nobody can read asks for nothing
        }
    }
}
