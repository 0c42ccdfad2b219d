package io.padrec.datasets;

import io.padrec.datasets.ImportProblems.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what reading finds wrong. */
final class ProblemLog {
    /** So many are kept; of a file of another kind every line is bad, and is to be counted rather than remembered. */
    private static final int KEPT = 1000;
    /** What a reason quotes of a source, so that a line of a megabyte makes no message of one. */
    private static final int QUOTE = 60;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();
    private int lines;
    private int bad;
    private int noted;

    void line() {
        lines++;
    }

    /** Hands a row over; where it cannot be used, that is logged. */
    void row(String file, long line, RowReader rows, List<String> values) {
        try {
            rows.read(line, values);
        } catch (BadLine e) {
            problem(file, line, e.getMessage());
        }
    }

    /** Something of the line was left out. Call it once a line at most. */
    void problem(String file, long line, String reason) {
        if (bad++ < KEPT) {
            problems.add(new Problem(file, line, reason));
        }
    }

    /** The line was taken whole, but somebody should look at it. */
    void note(String file, long line, String reason) {
        if (noted++ < KEPT) {
            notes.add(new Problem(file, line, reason));
        }
    }

    ImportProblems toProblems() {
        return new ImportProblems(lines, bad, noted, problems, notes);
    }

    /** A source's text for a message: on one line, and short. */
    static String quote(String text) {
        String line = text.substring(0, Math.min(text.length(), QUOTE)).replaceAll("\\p{Cntrl}", "?");
        return "'" + line + (text.length() > QUOTE ? "...'" : "'");
    }
}
