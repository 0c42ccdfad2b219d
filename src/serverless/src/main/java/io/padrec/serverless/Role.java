package io.padrec.serverless;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key opens. */
public enum Role {
    /** The delivery of events. */
    EVENTS,
    /** Items, interactions and snapshots. */
    INGEST,
    /** Runs and models. */
    TRAIN,
    /** Recommendations. */
    RECOMMEND,
    /** Metrics and the contract, which every other key opens too. */
    METRICS,
    /** Everything. */
    ADMIN;

    /** The role of this name, in lower case; empty where there is none. */
    static Optional<Role> named(String name) {
        return Arrays.stream(values()).filter(role -> role.toString().equals(name)).findFirst();
    }

    /** Whether who has this role may do what asks for the other. */
    boolean opens(Role asked) {
        return this == asked || this == ADMIN || asked == METRICS;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
