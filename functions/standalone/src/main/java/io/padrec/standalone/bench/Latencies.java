package io.padrec.standalone.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How long requests took.
 *
 * @param nanos  of those that were answered, rising
 * @param failed how many were not
 * @param from   when they began
 * @param to     when the last was over, both by {@link System#nanoTime()}
 */
record Latencies(long[] nanos, int failed, long from, long to) {
    /** What several connections saw at the same time. */
    static Latencies of(List<Latencies> connections) {
        return new Latencies(connections.stream().flatMapToLong(one -> Arrays.stream(one.nanos)).sorted().toArray(),
                connections.stream().mapToInt(Latencies::failed).sum(),
                connections.stream().mapToLong(Latencies::from).min().orElse(0),
                connections.stream().mapToLong(Latencies::to).max().orElse(0));
    }

    /** Milliseconds that this share of the requests took at most. */
    double at(double share) {
        return nanos.length == 0 ? Double.NaN : nanos[(int) Math.min(nanos.length - 1, share * nanos.length)] / 1e6;
    }

    double perSecond() {
        return nanos.length / ((to - from) / 1e9);
    }
}
