package io.padrec.core;

import java.util.Arrays;
import java.util.List;

/**
 * A user's items, by id, oldest first.
 *
 * @param times when each was taken, in milliseconds since 1970, {@link #NO_TIME} where that is not known; empty where none is
 */
public record UserHistory(String user, List<String> items, long[] times) {
    /** The time of what has none; it is before every other. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final long[] NONE = {};

    /** @throws IllegalArgumentException where there are some times, and not one for each item */
    public UserHistory {
        if (times.length != 0 && times.length != items.size()) {
            throw new IllegalArgumentException(times.length + " times for " + items.size() + " items");
        }
    }

    /** A history whose times are not known. */
    public UserHistory(String user, List<String> items) {
        this(user, items, NONE);
    }

    /** When the item of that place was taken; {@link #NO_TIME} where it is not known. */
    public long time(int place) {
        return times.length == 0 ? NO_TIME : times[place];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserHistory that && user.equals(that.user) && items.equals(that.items)
                && Arrays.equals(times, that.times);
    }

    @Override
    public int hashCode() {
        return 31 * user.hashCode() + items.hashCode();
    }
}
