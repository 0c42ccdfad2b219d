package io.padrec.datasets;

import java.util.List;

/** Takes one row of a table. */
@FunctionalInterface
interface RowReader {
    /**
     * @param line   the row's first line, counted from 1
     * @param values of the columns asked for, in the order asked for; null for a column that the table need not have and has not
     * @throws BadLine where the row cannot be used; its table logs it
     */
    void read(long line, List<String> values) throws BadLine;
}
