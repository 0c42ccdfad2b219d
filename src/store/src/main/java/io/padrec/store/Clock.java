package io.padrec.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

final class Clock {
    private Clock() {
    }

    /** The time in microseconds, as PostgreSQL keeps it: a record that was written equals the one that is read back. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
