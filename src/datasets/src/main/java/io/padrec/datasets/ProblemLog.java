package io.padrec.datasets;

import io.padrec.datasets.ImportProblems.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what reading finds wrong. */
final class ProblemLog {
    /** What a reason quotes of a source, so that a line of a megabyte makes no message of one. */
    private static final int QUOTE = 60;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();
    private int lines;

    void line() {
        lines++;
    }

    /** Something of the line was left out. Call it once a line at most. */
    void problem(String file, long line, String reason) {
        problems.add(new Problem(file, line, reason));
    }

    /** The line was taken whole, but somebody should look at it. */
    void note(String file, long line, String reason) {
        notes.add(new Problem(file, line, reason));
    }

    ImportProblems toProblems() {
        return new ImportProblems(lines, problems, notes);
    }

    /** A source's text for a message: on one line, and short. */
    static String quote(String text) {
        String line = text.substring(0, Math.min(text.length(), QUOTE)).replaceAll("\\p{Cntrl}", "?");
        return "'" + line + (text.length() > QUOTE ? "...'" : "'");
    }
}
