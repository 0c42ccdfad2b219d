package io.padrec.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Every user's items in time order, oldest first, as compressed sparse rows. Users are numbered from 0. */
public final class Histories {
    private final List<String> users;
    private final int[] offsets;
    private final int[] items;
    /** Null for none. */
    private final long[] times;
    private Map<String, Integer> numbers;

    /**
     * Histories whose times are not known.
     *
     * @param users   the users' ids, [U]
     * @param offsets where each user's items begin in {@code items}, [U + 1]
     * @param items   item numbers of all users, one after the other
     */
    public Histories(List<String> users, int[] offsets, int[] items) {
        this(users, offsets, items, null);
    }

    /** @param times when each of the items was taken, in milliseconds since 1970, each user's ascending; null for none */
    public Histories(List<String> users, int[] offsets, int[] items, long[] times) {
        if (offsets.length != users.size() + 1 || offsets[0] != 0 || offsets[users.size()] != items.length
                || IntStream.range(0, users.size()).anyMatch(u -> offsets[u] > offsets[u + 1])) {
            throw new IllegalArgumentException("offsets do not fit " + users.size() + " users and " + items.length
                    + " interactions");
        }
        if (times != null && (times.length != items.length || !IntStream.range(0, users.size()).allMatch(
                u -> IntStream.range(offsets[u] + 1, offsets[u + 1]).allMatch(i -> times[i - 1] <= times[i])))) {
            throw new IllegalArgumentException("the times do not fit the interactions, or are not in order");
        }
        this.users = List.copyOf(users);
        this.offsets = offsets;
        this.items = items;
        this.times = times;
    }

    public int users() {
        return users.size();
    }

    public int interactions() {
        return items.length;
    }

    public String user(int user) {
        return users.get(user);
    }

    /** The user's number, or -1 where the id is unknown. */
    public synchronized int number(String id) {
        if (numbers == null) {
            numbers = HashMap.newHashMap(users.size());
            for (int u = 0; u < users.size(); u++) {
                numbers.put(users.get(u), u);
            }
        }
        return numbers.getOrDefault(id, -1);
    }

    public int length(int user) {
        return offsets[user + 1] - offsets[user];
    }

    public int item(int user, int position) {
        return items[offsets[user] + position];
    }

    public boolean hasTimes() {
        return times != null;
    }

    /** When the item was taken, in milliseconds since 1970; only where there are times. */
    public long time(int user, int position) {
        return times[offsets[user] + position];
    }

    /** The user's first {@code length} items, a copy. */
    public int[] first(int user, int length) {
        return Arrays.copyOfRange(items, offsets[user], offsets[user] + length);
    }

    public List<String> userIds() {
        return users;
    }

    public int[] offsets() {
        return offsets;
    }

    public int[] items() {
        return items;
    }

    /** When each of the items was taken; null where that is not known. */
    public long[] times() {
        return times;
    }

    /** Collects histories user by user. */
    public static final class Builder {
        private final List<String> users = new ArrayList<>();
        private int[] offsets = new int[1024];
        private int[] items = new int[8192];
        private int size;

        public Builder add(String user, int... history) {
            if (users.size() + 2 > offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
            while (size + history.length > items.length) {
                items = Arrays.copyOf(items, items.length * 2);
            }
            System.arraycopy(history, 0, items, size, history.length);
            size += history.length;
            users.add(user);
            offsets[users.size()] = size;
            return this;
        }

        public Histories build() {
            return new Histories(users, Arrays.copyOf(offsets, users.size() + 1), Arrays.copyOf(items, size));
        }
    }
}
