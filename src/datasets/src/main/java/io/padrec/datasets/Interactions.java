package io.padrec.datasets;

import io.padrec.core.UserHistory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Who took what when, by number, in the order of arrival: 16 bytes an interaction. */
final class Interactions {
    private int[] users = new int[1024];
    private int[] items = new int[1024];
    private long[] times = new long[1024];
    private int size;

    /**
     * @param user from 0
     * @param time of any unit, the same for all
     */
    void add(int user, int item, long time) {
        if (size == users.length) {
            int larger = Math.toIntExact(size + (long) size / 2);
            users = Arrays.copyOf(users, larger);
            items = Arrays.copyOf(items, larger);
            times = Arrays.copyOf(times, larger);
        }
        users[size] = user;
        items[size] = item;
        times[size++] = time;
    }

    int item(int row) {
        return items[row];
    }

    long time(int row) {
        return times[row];
    }

    /**
     * Each user's rows, oldest first; of one time, in the order of arrival. What stands there twice with the same time counts
     * once.
     */
    int[][] histories(int userCount) {
        int[] ends = new int[userCount + 1];
        for (int i = 0; i < size; i++) {
            ends[users[i] + 1]++;
        }
        Arrays.parallelPrefix(ends, Integer::sum);
        int[] next = Arrays.copyOf(ends, userCount);
        int[] byUser = new int[size];
        for (int i = 0; i < size; i++) {
            byUser[next[users[i]]++] = i;
        }
        int[][] histories = new int[userCount][];
        for (int u = 0; u < userCount; u++) {
            histories[u] = history(Arrays.copyOfRange(byUser, ends[u], ends[u + 1]));
        }
        return histories;
    }

    /** @param rows a user's, in the order of arrival */
    private int[] history(int[] rows) {
        if (!IntStream.range(1, rows.length).allMatch(i -> times[rows[i - 1]] <= times[rows[i]])) {
            int[] sorted = Arrays.stream(rows).boxed().sorted(Comparator.comparingLong(row -> times[row])).mapToInt(row -> row)
                    .toArray();
            System.arraycopy(sorted, 0, rows, 0, rows.length);
        }
        int[] history = new int[rows.length];
        int length = 0;
        for (int i = 0; i < rows.length; i++) {
            if (!standsBefore(rows, i)) {
                history[length++] = rows[i];
            }
        }
        return Arrays.copyOf(history, length);
    }

    private boolean standsBefore(int[] rows, int i) {
        long time = times[rows[i]];
        for (int before = i - 1; time != UserHistory.NO_TIME && before >= 0 && times[rows[before]] == time; before--) {
            if (items[rows[before]] == items[rows[i]]) {
                return true;
            }
        }
        return false;
    }
}
