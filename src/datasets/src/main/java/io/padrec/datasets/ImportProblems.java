package io.padrec.datasets;

import java.util.List;

/**
 * What could not be taken from a source, and what was taken but should be known. The good lines beside them are kept.
 *
 * @param lines    how many lines were read, without headers and blank lines; a value over several lines counts as one
 * @param bad      how many of them something was left out of
 * @param noted    how many were taken whole but should be looked at, such as an item without a title; they do not count as bad
 * @param problems the first 1000 of the bad ones, one problem a line
 * @param notes    the first 1000 of those noted
 */
public record ImportProblems(int lines, int bad, int noted, List<Problem> problems, List<Problem> notes) {
    public static final ImportProblems NONE = new ImportProblems(0, List.of(), List.of());

    public ImportProblems {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** All of them, where there are few. */
    public ImportProblems(int lines, List<Problem> problems, List<Problem> notes) {
        this(lines, problems.size(), notes.size(), problems, notes);
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
        return lines == 0 ? 0 : (double) bad / lines;
    }
}
