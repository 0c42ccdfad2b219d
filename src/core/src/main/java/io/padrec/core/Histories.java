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
    private Map<String, Integer> numbers;

    /**
     * @param users   the users' ids, [U]
     * @param offsets where each user's items begin in {@code items}, [U + 1]
     * @param items   item numbers of all users, one after the other
     */
    public Histories(List<String> users, int[] offsets, int[] items) {
        if (offsets.length != users.size() + 1 || offsets[0] != 0 || offsets[users.size()] != items.length
                || IntStream.range(0, users.size()).anyMatch(u -> offsets[u] > offsets[u + 1])) {
            throw new IllegalArgumentException("offsets do not fit " + users.size() + " users and " + items.length
                    + " interactions");
        }
        this.users = List.copyOf(users);
        this.offsets = offsets;
        this.items = items;
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
