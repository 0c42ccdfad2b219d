package io.padrec.standalone.local;

import java.time.Duration;

/**
 * How hard a Trigger tries.
 *
 * @param retries how often a delivery is tried again after the first time
 * @param backoff how the pauses grow
 * @param pause   the first pause
 * @param timeout of one try
 */
record Delivery(int retries, Backoff backoff, Duration pause, Duration timeout) {
    /** Where neither Trigger nor Broker says any: one try, as in Knative. */
    static final Delivery NONE = new Delivery(0, Backoff.EXPONENTIAL, Duration.ofMillis(200), Duration.ofSeconds(60));
    private static final int MOST_DOUBLINGS = 20;

    /** How pauses grow. */
    enum Backoff {
        LINEAR, EXPONENTIAL
    }

    /** The pause before a retry, counted from 1. */
    Duration before(int retry) {
        return switch (backoff) {
            case LINEAR -> pause.multipliedBy(retry);
            case EXPONENTIAL -> pause.multipliedBy(1L << Math.min(retry - 1, MOST_DOUBLINGS));
        };
    }
}
