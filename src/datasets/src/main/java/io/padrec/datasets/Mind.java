package io.padrec.datasets;

import io.padrec.core.UserHistory;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * MIND, the news dataset: {@code news.tsv} (id, category, subcategory, title, abstract, ...) and {@code behaviors.tsv} (impression,
 * user, time, history, impressions as {@code NEWS-CLICKED}). A user's history is what the first of the user's lines says was read
 * before, then the clicks of all of them by time.
 */
final class Mind {
    private static final int NEWS_COLUMNS = 8;
    private static final int BEHAVIOR_COLUMNS = 5;
    /** The subcategory is the next. */
    private static final int CATEGORY = 1;
    private static final int TITLE = 3;
    private static final int ABSTRACT = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M/d/yyyy h:m:s a", Locale.US);

    private final Path behaviors;
    private final SourceRows rows;
    private final Set<String> met = new HashSet<>();
    private long earliest = Long.MAX_VALUE;

    private Mind(Path behaviors, SourceRows rows) {
        this.behaviors = behaviors;
        this.rows = rows;
    }

    static void read(Path path, SourceRows rows) {
        Path folder = SourceFiles.folder(path);
        Path news = SourceFiles.get(folder, "news.tsv");
        Path behaviors = SourceFiles.get(folder, "behaviors.tsv");
        rows.describedIn(news);
        DelimitedTable.read(news, NEWS_COLUMNS, rows.log(), (line, values) -> rows.item(line, values.get(0), values.get(TITLE),
                List.of(values.get(CATEGORY), values.get(CATEGORY + 1), values.get(ABSTRACT))));
        Mind mind = new Mind(behaviors, rows);
        DelimitedTable.read(behaviors, BEHAVIOR_COLUMNS, rows.log(), mind::behavior);
        // When a history was read is not told, but that was before all lines.
        rows.untimedBefore(mind.earliest);
    }

    private void behavior(long line, List<String> values) throws BadLine {
        String user = values.get(1);
        long time = time(values.get(2));
        earliest = Math.min(earliest, time);
        if (met.add(user)) {
            for (String news : words(values.get(3))) {
                rows.interaction(behaviors, line, user, news, null, UserHistory.NO_TIME);
            }
        }
        String bad = null;
        for (String impression : words(values.get(4))) {
            if (impression.endsWith("-1")) {
                rows.interaction(behaviors, line, user, impression.substring(0, impression.length() - 2), null, time);
            } else if (!impression.endsWith("-0") && bad == null) {
                bad = impression;
            }
        }
        if (bad != null) {
            throw new BadLine("impression " + ProblemLog.quote(bad) + " does not say whether it was clicked (-1 or -0); those of"
                    + " the line that do not were left out");
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }

    private static long time(String text) throws BadLine {
        try {
            return LocalDateTime.parse(text.strip(), TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            throw new BadLine("time " + ProblemLog.quote(text) + " is not like 11/15/2019 8:55:22 AM; the line was left out");
        }
    }
}
