package io.padrec.core;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Items sorted by training frequency and cut into bins of about equal interaction mass (PAD, section 4): bin 0 holds the
 * few most popular items, the last bin the thousands of rare and never-seen ones. Items of equal frequency keep the
 * catalogue's order.
 */
public final class FrequencyBins {
    /** What a target item's training frequency says of how hard it is: never seen, and thirds by interaction mass; as reports have them. */
    public enum Stratum { UNSEEN, COLD, MEDIAN, WARM }

    private final int count;
    private final int[] bins;
    private final int[] frequencies;
    private final int[] thirds;

    /**
     * @param frequencies training frequency of each item, [N + 1], index 0 is padding
     * @param count       number of bins
     */
    public FrequencyBins(int[] frequencies, int count) {
        this.count = count;
        this.frequencies = frequencies.clone();
        int[] byFrequency = IntStream.range(1, frequencies.length).boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -frequencies[i])).mapToInt(Integer::intValue).toArray();
        this.bins = cut(byFrequency, count);
        this.thirds = cut(byFrequency, 3);
    }

    private int[] cut(int[] byFrequency, int parts) {
        long mass = 0;
        for (int item : byFrequency) {
            mass += frequencies[item];
        }
        int[] part = new int[frequencies.length];
        long before = 0;
        for (int item : byFrequency) {
            // An item belongs to the part in which its first interaction falls; never-seen items to the last part.
            part[item] = frequencies[item] == 0 ? parts - 1 : (int) Math.min(parts - 1, before * parts / mass);
            before += frequencies[item];
        }
        return part;
    }

    public int count() {
        return count;
    }

    /** The item's bin, 0 (most popular) to {@code count() - 1} (rare and never seen). */
    public int bin(int item) {
        return bins[item];
    }

    /** Each item's bin, [N + 1]; padding's says nothing. */
    public int[] ofItems() {
        return bins.clone();
    }

    public int frequency(int item) {
        return frequencies[item];
    }

    public Stratum stratum(int item) {
        if (frequencies[item] == 0) {
            return Stratum.UNSEEN;
        }
        return switch (thirds[item]) {
            case 0 -> Stratum.WARM;
            case 1 -> Stratum.MEDIAN;
            default -> Stratum.COLD;
        };
    }
}
