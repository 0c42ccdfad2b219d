package io.padrec.ranking;

import java.util.Arrays;
import java.util.stream.IntStream;

/** An immutable set of item numbers, as bits: what a category, a shop or a list of exclusions is to a {@link Query}. */
public final class ItemSet {
    private final long[] words;
    private final int size;

    private ItemSet(long[] words) {
        this.words = words;
        this.size = Arrays.stream(words).mapToInt(Long::bitCount).sum();
    }

    /** @throws IllegalArgumentException where a number is below 1 */
    public static ItemSet of(int... items) {
        long[] words = new long[Arrays.stream(items).max().orElse(0) / Long.SIZE + 1];
        for (int item : items) {
            if (item < 1) {
                throw new IllegalArgumentException("item number " + item + " is below 1");
            }
            words[item / Long.SIZE] |= 1L << item;
        }
        return new ItemSet(words);
    }

    /** What is in this set or in the other. */
    public ItemSet union(ItemSet other) {
        if (words.length < other.words.length) {
            return other.union(this);
        }
        long[] union = words.clone();
        for (int w = 0; w < other.words.length; w++) {
            union[w] |= other.words[w];
        }
        return new ItemSet(union);
    }

    public boolean contains(int item) {
        int word = item / Long.SIZE;
        return word < words.length && (words[word] >>> item & 1) != 0;
    }

    /** How many items are in it. */
    public int size() {
        return size;
    }

    /** The item numbers, rising. */
    public IntStream items() {
        return IntStream.range(0, words.length).filter(w -> words[w] != 0)
                .flatMap(w -> IntStream.range(0, Long.SIZE).filter(bit -> (words[w] >>> bit & 1) != 0)
                        .map(bit -> w * Long.SIZE + bit));
    }

    /** The first item from {@code item} on that is in the set, or -1. */
    int next(int item) {
        int word = item / Long.SIZE;
        if (word >= words.length) {
            return -1;
        }
        long bits = words[word] & -1L << item;
        while (bits == 0) {
            if (++word == words.length) {
                return -1;
            }
            bits = words[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }
}
