package io.padrec.standalone.export;

import io.padrec.core.PadrecException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Named vectors, computed part by part.
 *
 * @param ids   their names
 * @param width of each
 * @param rows  the vectors themselves
 */
record VectorTable(List<String> ids, int width, Rows rows) {
    /** Vectors that stand in memory at once. */
    static final int PART = 8192;

    /** Some of the vectors, row by row. */
    @FunctionalInterface
    interface Rows {
        float[] of(int from, int to);
    }

    /** Writes a file whose name ends in {@code .npy} or {@code .parquet}, whole or not at all. */
    void write(Path file) {
        if (isNpy(file)) {
            NpyFile.write(file, this);
        } else {
            ParquetFile.write(file, this);
        }
    }

    /** @throws PadrecException where the name has another ending than these two */
    static void checkName(Path file) {
        if (!isNpy(file) && !hasEnding(file, ".parquet")) {
            throw new PadrecException("vectors are written as .npy or .parquet, not as '" + file.getFileName() + "'");
        }
    }

    private static boolean isNpy(Path file) {
        return hasEnding(file, ".npy");
    }

    private static boolean hasEnding(Path file, String ending) {
        return file.getFileName() != null && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
