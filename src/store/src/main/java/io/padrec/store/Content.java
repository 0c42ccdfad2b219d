package io.padrec.store;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.UserHistory;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a dataset holds, checked and as PostgreSQL can keep it.
 *
 * @param items     ids and cleaned titles and texts; item number = place in the list + 1
 * @param users     the users' ids
 * @param histories item numbers of each user, oldest first
 * @param times     when each was taken, as {@link UserHistory} has it
 */
record Content(List<Item> items, List<String> users, List<int[]> histories, List<long[]> times) {
    // An index row of PostgreSQL holds 2 704 bytes, a character takes up to 4, and an index holds both an encoder's name and
    // an id.
    private static final int MAX_ID = 512;
    private static final int MAX_ENCODER = 128;
    private static final int MAX_TEXT = 65_536;
    private static final int MAX_CATEGORIES = 64;
    private static final int MAX_CATEGORY = 128;

    /** @throws PadrecException at the first id that is blank, too long, not text or twice there, and at an unknown item */
    static Content of(String dataset, List<Item> items, List<UserHistory> histories) {
        checkId("dataset name", dataset);
        if (items.isEmpty()) {
            throw new PadrecException("dataset '" + dataset + "' has no items; give at least one");
        }
        Map<String, Integer> numbers = HashMap.newHashMap(items.size());
        for (Item item : items) {
            checkId("item id", item.id());
            if (numbers.put(item.id(), numbers.size() + 1) != null) {
                throw new PadrecException("item '" + item.id() + "' stands twice in dataset '" + dataset + "'; keep one");
            }
        }
        Set<String> users = HashSet.newHashSet(histories.size());
        for (UserHistory history : histories) {
            checkId("user id", history.user());
            if (!users.add(history.user())) {
                throw new PadrecException("user '" + history.user() + "' stands twice in dataset '" + dataset
                        + "'; join the two histories");
            }
        }
        return new Content(items.stream().map(item -> new Item(item.id(), clean(item.title()), clean(item.text()))).toList(),
                histories.stream().map(UserHistory::user).toList(),
                histories.stream().map(history -> numbers(history, numbers)).toList(),
                histories.stream().map(UserHistory::times).toList());
    }

    /** Null where it is not known. */
    Long time(int user, int place) {
        return times.get(user).length == 0 || times.get(user)[place] == UserHistory.NO_TIME ? null : times.get(user)[place];
    }

    int interactions() {
        return histories.stream().mapToInt(history -> history.length).reduce(0, Math::addExact);
    }

    /** SHA-256 in hexadecimal. Every text is preceded by its length, so that no two contents are written alike. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (var out = new DataOutputStream(new java.io.BufferedOutputStream(
                    new DigestOutputStream(OutputStream.nullOutputStream(), digest), 1 << 16))) {
                out.writeInt(items.size());
                for (Item item : items) {
                    write(out, item.id());
                    write(out, item.title());
                }
                out.writeInt(users.size());
                for (int u = 0; u < users.size(); u++) {
                    write(out, users.get(u));
                    out.writeInt(histories.get(u).length);
                    for (int item : histories.get(u)) {
                        out.writeInt(item);
                    }
                }
                writeTimes(out);
                writeTexts(out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The item's text where it is more than the title; empty where the title is all. */
    static String ownText(Item item) {
        return item.text().equals(item.title()) ? "" : item.text();
    }

    /** Content without times keeps the hash that it had before there were any; so does content without texts. */
    private void writeTimes(DataOutputStream out) throws IOException {
        if (times.stream().allMatch(user -> user.length == 0)) {
            return;
        }
        write(out, "times");
        for (int u = 0; u < users.size(); u++) {
            for (int i = 0; i < histories.get(u).length; i++) {
                Long time = time(u, i);
                out.writeLong(time == null ? UserHistory.NO_TIME : time);
            }
        }
    }

    private void writeTexts(DataOutputStream out) throws IOException {
        if (items.stream().allMatch(item -> ownText(item).isEmpty())) {
            return;
        }
        write(out, "texts");
        for (Item item : items) {
            write(out, ownText(item));
        }
    }

    /**
     * @param what {@code title} or {@code text}
     * @throws PadrecException where it is no Unicode text, or longer than any
     */
    static void checkText(String what, String text) {
        if (text != null && text.length() > MAX_TEXT) {
            throw new PadrecException("the " + what + " has " + text.length() + " characters; " + MAX_TEXT + " are the most");
        }
        if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new PadrecException("the " + what + " holds a character that is not text; remove it");
        }
    }

    /** @throws PadrecException at the first that is no name, and where there are too many */
    static void checkCategories(List<String> categories) {
        if (categories == null) {
            return;
        }
        if (categories.size() > MAX_CATEGORIES) {
            throw new PadrecException("an item with " + categories.size() + " categories; " + MAX_CATEGORIES + " are the most");
        }
        for (String category : categories) {
            checkName("category", category, MAX_CATEGORY);
            if (category.chars().anyMatch(Character::isISOControl)) {
                throw new PadrecException("a category holds a control character; remove it");
            }
        }
    }

    /** The text without the character 0, which PostgreSQL cannot hold and no title means; empty for null. */
    static String clean(String text) {
        return text == null ? "" : text.replace("\0", "");
    }

    static void checkId(String what, String id) {
        checkName(what, id, MAX_ID);
    }

    static void checkEncoder(String name) {
        checkName("encoder name", name, MAX_ENCODER);
    }

    static void checkName(String what, String id, int most) {
        if (id == null || id.isBlank()) {
            throw new PadrecException("a " + what + " is empty; give each one a name");
        }
        if (id.length() > most) {
            throw new PadrecException("the " + what + " '" + id.substring(0, 40) + "...' has " + id.length()
                    + " characters; " + most + " are the most");
        }
        if (id.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
            throw new PadrecException("the " + what + " '" + id.replace('\0', '?')
                    + "' holds a character that is not text; remove it");
        }
    }

    private static int[] numbers(UserHistory history, Map<String, Integer> numbers) {
        int[] items = new int[history.items().size()];
        int at = 0;
        for (String id : history.items()) {
            Integer number = numbers.get(id);
            if (number == null) {
                throw new PadrecException("the history of user '" + history.user() + "' names item '" + id
                        + "', which is not among the items; add the item or leave it out");
            }
            items[at++] = number;
        }
        return items;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
