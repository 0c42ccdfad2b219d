package io.padrec.datasets;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.UserHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Items and interactions as a source gives them, row by row, on their way into a dataset. Items that are described come first. */
final class SourceRows {
    private final ProblemLog log = new ProblemLog();
    private final Selection selection;
    private final Ids users = new Ids("user");
    private final Ids items = new Ids("item");
    /** By item number; null where none was given yet. */
    private final List<String> titles = new ArrayList<>();
    /** By item number, those that are more than the title. */
    private final Map<Integer, String> texts = new HashMap<>();
    private final Interactions interactions = new Interactions();
    /** The file that describes the items. */
    private Path described;
    private long earliest = UserHistory.NO_TIME;

    SourceRows(Selection selection) {
        this.selection = selection;
    }

    ProblemLog log() {
        return log;
    }

    boolean needsRatings() {
        return selection.minRating().isPresent();
    }

    /** The items are described in this file: one that is not in it, or without a title, is noted. */
    void describedIn(Path file) {
        described = file;
    }

    /** What has no time took place before this one, or at it: before all that has a time. */
    void untimedBefore(long time) {
        earliest = time;
    }

    /**
     * A described item.
     *
     * @param title null or blank for none
     * @param more  what else the source says of it, null or blank for nothing
     * @throws BadLine where the id is none, or stands in an earlier line with another title
     */
    void item(long line, String id, String title, List<String> more) throws BadLine {
        int before = items.size();
        int item = items.number(id);
        String text = title == null ? "" : title.replace("\0", "");
        if (item < before) {
            if (!text.equals(titles.get(item))) {
                throw new BadLine("item " + ProblemLog.quote(id) + " stands in an earlier line already, with another title; this line"
                        + " was left out");
            }
            return;
        }
        titles.add(text);
        text(item, text, more);
        if (text.isBlank()) {
            log.note(described.getFileName().toString(), line, "item " + ProblemLog.quote(id) + " has no title; it was kept");
        }
    }

    /** The title and further text in an interaction's row; the first title of an item counts. */
    void title(String id, String title, List<String> more) throws BadLine {
        int item = items.number(id);
        if (item == titles.size()) {
            titles.add(null);
        }
        if (titles.get(item) == null && title != null && !title.isBlank()) {
            titles.set(item, title.replace("\0", ""));
            text(item, titles.get(item), more);
        }
    }

    private void text(int item, String title, List<String> more) {
        if (selection.allText()) {
            String text = Stream.concat(Stream.of(title), more.stream()).filter(field -> field != null && !field.isBlank())
                    .map(field -> field.replace("\0", "").strip()).collect(Collectors.joining("\n"));
            if (!text.equals(title)) {
                texts.put(item, text);
            }
        }
    }

    /**
     * Somebody took an item.
     *
     * @param rating as the source writes it; null where it has none
     * @param time   {@link UserHistory#NO_TIME} where there is none
     * @throws BadLine where an id is none, or the rating that decides is no number
     */
    void interaction(Path file, long line, String user, String item, String rating, long time) throws BadLine {
        users.check(user);
        items.check(item);
        if (selection.minRating().isPresent()) {
            if (rating == null) {
                throw new BadLine("no rating; the line was left out");
            }
            if (Values.rating(rating) < selection.minRating().getAsDouble()) {
                return;
            }
        }
        int number = items.number(item);
        if (number == titles.size()) {
            titles.add(null);
            if (described != null) {
                log.note(file.getFileName().toString(), line, "item " + ProblemLog.quote(item) + " is not in "
                        + described.getFileName() + " and has no title; it was kept");
            }
        }
        interactions.add(users.number(user), number, time);
    }

    /**
     * What was selected of it.
     *
     * @param from what was read, for messages
     * @throws PadrecException where nothing is left
     */
    SourceDataset toDataset(String name, String origin, Path from) {
        int[][] histories = interactions.histories(users.size());
        if (selection.core() > 0) {
            histories = Core.of(histories, interactions::item, items.size(), selection.core());
        }
        int[] counts = Core.counts(histories, interactions::item, items.size());
        List<Item> kept = new ArrayList<>();
        for (int item = 0; item < counts.length; item++) {
            if (selection.core() == 0 || counts[item] > 0) {
                String title = titles.get(item) == null ? "" : titles.get(item);
                kept.add(new Item(items.id(item), title, texts.getOrDefault(item, title)));
            }
        }
        List<UserHistory> taken = new ArrayList<>();
        for (int user = 0; user < histories.length; user++) {
            if (histories[user].length > 0) {
                taken.add(history(users.id(user), newest(histories[user])));
            }
        }
        if (taken.isEmpty()) {
            throw new PadrecException("no interaction is left of " + from + selection + "; "
                    + log.toProblems().problems().stream().findFirst().map(first -> "the first of its bad lines is " + first)
                    .orElse("select less strictly, or give other files"));
        }
        if (kept.stream().allMatch(item -> item.text().isEmpty())) {
            log.note(from.getFileName().toString(), 1, "there are no titles: text vectors of your own (--embeddings) must say what "
                    + "the items are");
        }
        return new SourceDataset(name, origin + selection, kept, taken, log.toProblems());
    }

    private int[] newest(int[] rows) {
        int from = selection.maxLength() == 0 ? 0 : Math.max(0, rows.length - selection.maxLength());
        return Arrays.copyOfRange(rows, from, rows.length);
    }

    private UserHistory history(String user, int[] rows) {
        List<String> ids = Arrays.asList(
                Arrays.stream(rows).mapToObj(row -> items.id(interactions.item(row))).toArray(String[]::new));
        long[] times = Arrays.stream(rows).mapToLong(row -> Math.max(earliest, interactions.time(row))).toArray();
        return Arrays.stream(times).allMatch(time -> time == UserHistory.NO_TIME) ? new UserHistory(user, ids)
                : new UserHistory(user, ids, times);
    }
}
