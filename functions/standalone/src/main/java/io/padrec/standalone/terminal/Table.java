package io.padrec.standalone.terminal;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, as wide as they need to be: the first to the left, the others to the right. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    public Table row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + rows.getFirst().size() + " headings");
        }
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String padding = " ".repeat(widths[c] - row.get(c).length());
                line.append(c == 0 ? row.get(c) + padding : "  " + padding + row.get(c));
            }
            out.append(line.toString().stripTrailing()).append('\n');
            if (row == rows.getFirst()) {
                out.append("-".repeat(line.length())).append('\n');
            }
        }
        return out.toString().stripTrailing();
    }
}
