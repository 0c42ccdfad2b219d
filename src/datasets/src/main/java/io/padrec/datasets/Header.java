package io.padrec.datasets;

import io.padrec.core.PadrecException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Where a table's columns stand. */
final class Header {
    private Header() {
    }

    /**
     * @param columns those asked for
     * @param needed  those of them that must be there
     * @param advice  what to do where one of these is not
     * @return each column's place in the header, -1 where it is not there
     * @throws PadrecException where a needed column is not there
     */
    static int[] places(Path file, List<String> header, List<String> columns, Collection<String> needed, String advice) {
        if (!header.containsAll(needed)) {
            String found = header.stream().limit(20).map(ProblemLog::quote).collect(Collectors.joining(", "));
            throw new PadrecException(file + " must have the columns " + String.join(", ", needed) + "; found: "
                    + (found.isEmpty() ? "none, the file begins with an empty line" : found) + "; " + advice);
        }
        return columns.stream().mapToInt(header::indexOf).toArray();
    }

    /** The values at the places; null at -1. */
    static List<String> pick(List<String> values, int[] places) {
        String[] picked = new String[places.length];
        for (int i = 0; i < places.length; i++) {
            picked[i] = places[i] < 0 ? null : values.get(places[i]);
        }
        return Arrays.asList(picked);
    }

    /** A file's first line without its byte order mark. */
    static String withoutMark(String line) {
        return line.startsWith("\ufeff") ? line.substring(1) : line;
    }
}
