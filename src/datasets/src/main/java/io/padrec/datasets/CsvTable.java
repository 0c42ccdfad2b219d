package io.padrec.datasets;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.padrec.core.PadrecException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads the rows of a UTF-8 CSV file with a header. A line that is no row is logged and reading goes on with the line after
 * it: one stray quote costs one line, not the rest of the file.
 */
final class CsvTable {
    /** How many lines a quoted value may span; beyond that its opening quote is taken for a stray one. */
    private static final int MAX_SPAN = 100;

    /** Takes one row. */
    @FunctionalInterface
    interface RowReader {
        /**
         * @param line   the row's first line, counted from 1
         * @param values of the columns asked for, in the order asked for
         */
        void read(long line, List<String> values);
    }

    private final Path file;
    private final ProblemLog log;
    private final BufferedReader reader;
    private final Deque<String> ahead = new ArrayDeque<>();
    private final CsvReader.CsvReaderBuilder format = CsvReader.builder().allowUnclosedQuote(false)
            .allowExtraCharsAfterClosingQuote(false);
    private long line;

    private CsvTable(Path file, ProblemLog log, BufferedReader reader) {
        this.file = file;
        this.log = log;
        this.reader = reader;
    }

    /**
     * @throws PadrecException where the file is missing or cannot be read, or one of the columns is not there
     */
    static void read(Path file, List<String> columns, ProblemLog log, RowReader rows) {
        // A reader made this way replaces bytes that are not UTF-8 rather than giving up the file.
        try (var reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            new CsvTable(file, log, reader).read(columns, rows);
        } catch (IOException e) {
            throw new PadrecException("cannot read " + file + ": " + reason(e), e);
        }
    }

    private void read(List<String> columns, RowReader rows) throws IOException {
        List<String> header = header(columns);
        int[] places = columns.stream().mapToInt(header::indexOf).toArray();
        for (String text; (text = nextLine()) != null;) {
            if (text.isBlank()) {
                continue;
            }
            log.line();
            long first = line;
            List<String> values = row(text, header.size());
            if (values != null) {
                rows.read(first, Arrays.stream(places).mapToObj(values::get).toList());
            }
        }
    }

    private List<String> header(List<String> columns) throws IOException {
        String text = nextLine();
        List<String> header = List.of();
        if (text != null && !text.isBlank()) {
            try {
                header = format.ofSingleCsvRecord(text.startsWith("\ufeff") ? text.substring(1) : text).getFields();
            } catch (CsvParseException e) {
                header = List.of(text);
            }
        }
        if (!header.containsAll(columns)) {
            String found = header.stream().limit(20).map(ProblemLog::quote).collect(Collectors.joining(", "));
            throw new PadrecException(file + " must have the columns " + String.join(", ", columns) + "; found: "
                    + (found.isEmpty() ? "none, the file begins with an empty line" : found)
                    + "; give the file as its publisher made it");
        }
        return header;
    }

    /** The row that begins with the line, or null where there is none; the problem is logged then. */
    private List<String> row(String text, int columns) throws IOException {
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
                List<String> values = format.ofSingleCsvRecord(joined.toString()).getFields();
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

    private String nextLine() throws IOException {
        String next = ahead.isEmpty() ? reader.readLine() : ahead.removeFirst();
        line += next == null ? 0 : 1;
        return next;
    }

    private String name() {
        return file.getFileName().toString();
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file; check the folder's name";
            case AccessDeniedException _ -> "reading it is not permitted; change the file's permissions";
            default -> e.getMessage() + "; check the file and its disk";
        };
    }
}
