package io.padrec.datasets;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the rows of a file whose values are divided by a text and never quoted. A line that is no row is logged. */
final class DelimitedTable {
    private DelimitedTable() {
    }

    /**
     * Reads a table of tab-separated values whose header names the columns, as {@code name} or {@code name:type}.
     *
     * @param needed those of the columns that must be there
     * @param advice what to do where one of these is not
     */
    static void readNamed(Path file, List<String> columns, Collection<String> needed, String advice, ProblemLog log,
            RowReader rows) {
        try (Lines lines = Lines.open(file)) {
            List<String> header = names(lines.next());
            int[] places = Header.places(file, header, columns, needed, advice);
            read(file, lines, "\t", header.size(), places, log, rows);
        }
    }

    /** The names of a table's columns. */
    static List<String> names(Path file) {
        try (Lines lines = Lines.open(file)) {
            return names(lines.next());
        }
    }

    private static List<String> names(String header) {
        return header == null || header.isBlank() ? List.of()
                : split(Header.withoutMark(header), "\t").stream().map(name -> name.replaceFirst(":.*", "").strip()).toList();
    }

    /**
     * Reads a table without a header.
     *
     * @param columns   how many values a row has
     * @param otherwise what a line is read as that is not UTF-8
     */
    static void read(Path file, String separator, int columns, Charset otherwise, ProblemLog log, RowReader rows) {
        try (Lines lines = Lines.open(file, otherwise)) {
            read(file, lines, separator, columns, IntStream.range(0, columns).toArray(), log, rows);
        }
    }

    /** As {@link #read(Path, String, int, Charset, ProblemLog, RowReader)}, of tab-separated values in UTF-8. */
    static void read(Path file, int columns, ProblemLog log, RowReader rows) {
        read(file, "\t", columns, StandardCharsets.UTF_8, log, rows);
    }

    private static void read(Path file, Lines lines, String separator, int columns, int[] places, ProblemLog log,
            RowReader rows) {
        String name = file.getFileName().toString();
        for (String text; (text = lines.next()) != null;) {
            if (text.isBlank()) {
                continue;
            }
            log.line();
            List<String> values = split(text, separator);
            if (values.size() == columns) {
                log.row(name, lines.number(), rows, Header.pick(values, places));
            } else {
                log.problem(name, lines.number(), values.size() + " values where " + columns + " are expected; the line was left"
                        + " out: " + ProblemLog.quote(text));
            }
        }
    }

    /** What stands between the separators, at least one text. */
    static List<String> split(String text, String separator) {
        List<String> values = new ArrayList<>();
        int from = 0;
        for (int to; (to = text.indexOf(separator, from)) >= 0; from = to + separator.length()) {
            values.add(text.substring(from, to));
        }
        values.add(text.substring(from));
        return values;
    }
}
