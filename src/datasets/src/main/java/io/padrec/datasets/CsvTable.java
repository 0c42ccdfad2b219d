package io.padrec.datasets;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.padrec.core.PadrecException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Reads the rows of a UTF-8 CSV file with a header. A line that is no row is logged and reading goes on with the line after
 * it: one stray quote costs one line, not the rest of the file.
 */
final class CsvTable {
    /** How many lines a quoted value may span; beyond that its opening quote is taken for a stray one. */
    private static final int MAX_SPAN = 100;

    private final Path file;
    private final ProblemLog log;
    private final Lines lines;
    private final Deque<String> ahead = new ArrayDeque<>();
    private final CsvReader.CsvReaderBuilder format = CsvReader.builder().allowUnclosedQuote(false)
            .allowExtraCharsAfterClosingQuote(false);
    private long line;

    private CsvTable(Path file, ProblemLog log, Lines lines) {
        this.file = file;
        this.log = log;
        this.lines = lines;
    }

    /**
     * Reads columns that must be there.
     *
     * @throws PadrecException where the file is missing or cannot be read, or one of the columns is not there
     */
    static void read(Path file, List<String> columns, ProblemLog log, RowReader rows) {
        read(file, columns, columns, "give the file as its publisher made it", log, rows);
    }

    /**
     * Reads columns of which some may be missing.
     *
     * @param needed those of them that must be there
     * @param advice what to do where one of these is not
     */
    static void read(Path file, List<String> columns, Collection<String> needed, String advice, ProblemLog log, RowReader rows) {
        try (Lines lines = Lines.open(file)) {
            CsvTable table = new CsvTable(file, log, lines);
            List<String> header = table.header();
            int[] places = Header.places(file, header, columns, needed, advice);
            table.read(header.size(), places, rows);
        }
    }

    private void read(int columns, int[] places, RowReader rows) {
        for (String text; (text = nextLine()) != null;) {
            if (text.isBlank()) {
                continue;
            }
            log.line();
            long first = line;
            List<String> values = row(text, columns);
            if (values != null) {
                log.row(name(), first, rows, Header.pick(values, places));
            }
        }
    }

    private List<String> header() {
        String text = nextLine();
        if (text == null || text.isBlank()) {
            return List.of();
        }
        text = Header.withoutMark(text);
        try {
            return format.ofSingleCsvRecord(text).getFields();
        } catch (CsvParseException e) {
            return List.of(text);
        }
    }

    /** The row that begins with the line, or null where there is none; the problem is logged then. */
    private List<String> row(String text, int columns) {
        long first = line;
        if (text.indexOf('\0') >= 0) {
            log.problem(name(), first, "the line holds the character 0 and was left out");
            return null;
        }
        StringBuilder joined = new StringBuilder(text);
        Deque<String> taken = new ArrayDeque<>();
        String reason;
        while (true) {
            try {
                List<String> values = values(joined.toString());
                if (values.size() == columns) {
                    return values;
                }
                reason = values.size() + " values where the header has " + columns;
                break;
            } catch (CsvParseException e) {
                reason = "a quote is not closed, or text follows a closing quote";
            }
            // Perhaps the value goes on in the next line.
            String next = taken.size() < MAX_SPAN ? nextLine() : null;
            if (next == null) {
                break;
            }
            taken.add(next);
            joined.append('\n').append(next);
        }
        log.problem(name(), first, reason + "; the line was left out: " + ProblemLog.quote(text));
        line = first;
        while (!taken.isEmpty()) {
            ahead.addFirst(taken.removeLast());
        }
        return null;
    }

    /** Most lines hold no quote, and are as their commas say: that is five times as fast. */
    private List<String> values(String text) {
        return text.indexOf('"') >= 0 ? format.ofSingleCsvRecord(text).getFields() : DelimitedTable.split(text, ",");
    }

    private String nextLine() {
        String next = ahead.isEmpty() ? lines.next() : ahead.removeFirst();
        line += next == null ? 0 : 1;
        return next;
    }

    private String name() {
        return file.getFileName().toString();
    }
}
