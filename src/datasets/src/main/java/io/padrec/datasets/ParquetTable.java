package io.padrec.datasets;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.ColumnSchema;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Reads the rows of a Parquet file, every value as text. Rows are counted from 1, as lines are. */
final class ParquetTable {
    private ParquetTable() {
    }

    /**
     * @param needed those of the columns that must be there
     * @param advice what to do where one of these is not
     * @throws PadrecException where the file is missing or no Parquet file, or a needed column is not there
     */
    static void read(Path file, List<String> columns, Collection<String> needed, String advice, ProblemLog log,
            RowReader rows) {
        if (!Files.isRegularFile(file)) {
            throw new PadrecException("cannot read " + file + ": there is no such file; check its name");
        }
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file))) {
            List<String> header = reader.getFileSchema().getColumns().stream().map(ColumnSchema::name).toList();
            int[] places = Header.places(file, header, columns, needed, advice);
            String[] there = Arrays.stream(places).filter(place -> place >= 0).distinct().mapToObj(header::get)
                    .toArray(String[]::new);
            try (var all = open(file, reader, there)) {
                long row = 0;
                for (List<String> values; (values = next(file, all, columns, places, row + 1)) != null;) {
                    log.line();
                    log.row(file.getFileName().toString(), ++row, rows, values);
                }
            }
        } catch (IOException e) {
            throw damaged(file.toString(), e);
        }
    }

    private static dev.hardwood.reader.RowReader open(Path file, ParquetFileReader reader, String[] columns) {
        try {
            return reader.buildRowReader().projection(ColumnProjection.columns(columns)).build();
        } catch (RuntimeException e) {
            throw damaged(file.toString(), e);
        }
    }

    /** The next row's values, or null after the last. */
    private static List<String> next(Path file, dev.hardwood.reader.RowReader all, List<String> columns, int[] places, long row) {
        try {
            if (!all.hasNext()) {
                return null;
            }
            all.next();
            String[] values = new String[places.length];
            for (int i = 0; i < places.length; i++) {
                if (places[i] >= 0) {
                    // A column that is not there has no value, one that is there may have an empty one.
                    values[i] = Objects.toString(all.getValue(columns.get(i)), "");
                }
            }
            return Arrays.asList(values);
        } catch (RuntimeException e) {
            // What reading a damaged page ends in depends on the damage.
            throw damaged(file + ", row " + row, e);
        }
    }

    private static PadrecException damaged(String where, Exception e) {
        return new PadrecException("cannot read " + where + ": " + e.getMessage() + "; check that it is a whole Parquet file", e);
    }
}
