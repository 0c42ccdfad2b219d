package io.padrec.datasets;

import java.util.List;

/**
 * What could not be taken from a source, and what was taken but should be known. The good lines beside them are kept.
 *
 * @param lines    how many lines were read, without headers and blank lines; a value over several lines counts as one
 * @param problems lines of which something was left out, at most one problem a line
 * @param notes    lines taken whole that somebody should look at, such as an item without a title; they do not count as bad
 */
public record ImportProblems(int lines, List<Problem> problems, List<Problem> notes) {
    public static final ImportProblems NONE = new ImportProblems(0, List.of(), List.of());

    public ImportProblems {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * One line's problem.
     *
     * @param file   the file's name
     * @param line   counted from 1, the header included; of a value over several lines the first
     * @param reason what is wrong and what was done about it
     */
    public record Problem(String file, long line, String reason) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + reason;
        }
    }

    /** The share of lines with a problem, 0 to 1. */
    public double share() {
        return lines == 0 ? 0 : (double) problems.size() / lines;
    }
}
