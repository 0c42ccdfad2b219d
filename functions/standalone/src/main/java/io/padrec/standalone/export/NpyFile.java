package io.padrec.standalone.export;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Tensor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * NumPy's file format, version 1: {@code \x93NUMPY}, the version, the length of the header as 2 bytes, the header as a Python dictionary,
 * then the elements, row by row and little-endian. The vectors are a matrix of {@code <f4}. Their names, which need a file of their own
 * ({@code items.npy}: {@code items.ids.npy}), are {@code <Un}: texts of n code points, filled up with zeros, which {@code numpy.load} reads
 * without pickle.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    /** The elements begin at a multiple of it. */
    private static final int ALIGNMENT = 64;
    private static final int BUFFER = 1 << 16;

    private NpyFile() {
    }

    /** The names are written first: where there is a matrix, its names are there. One that was there before had others. */
    static void write(Path file, VectorTable table) {
        AtomicFiles.write(ids(file), temporary -> {
            writeIds(temporary, table.ids());
            Files.deleteIfExists(file);
        });
        AtomicFiles.write(file, temporary -> writeVectors(temporary, table));
    }

    /** Where the names of a matrix's rows are. */
    static Path ids(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("(?i)\\.npy$", ".ids.npy"));
    }

    private static void writeVectors(Path file, VectorTable table) throws IOException {
        int n = table.ids().size();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            header(out, "<f4", n + ", " + table.width());
            for (int from = 0; from < n; from += VectorTable.PART) {
                float[] rows = table.rows().of(from, Math.min(n, from + VectorTable.PART));
                out.write(Tensor.of(rows, rows.length).bytes());
            }
        }
    }

    private static void writeIds(Path file, List<String> ids) throws IOException {
        int longest = ids.stream().mapToInt(id -> id.codePointCount(0, id.length())).max().orElse(0);
        // A type without width is none.
        ByteBuffer text = ByteBuffer.allocate(Math.max(1, longest) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            header(out, "<U" + Math.max(1, longest), ids.size() + ",");
            for (String id : ids) {
                text.clear();
                id.codePoints().forEach(text::putInt);
                while (text.hasRemaining()) {
                    text.putInt(0);
                }
                out.write(text.array());
            }
        }
    }

    private static void header(OutputStream out, String type, String shape) throws IOException {
        String dictionary = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
        int length = MAGIC.length + Short.BYTES + dictionary.length() + 1;
        String padded = dictionary + " ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT) + "\n";
        out.write(MAGIC);
        out.write(padded.length() & 0xFF);
        out.write(padded.length() >>> 8);
        out.write(padded.getBytes(StandardCharsets.US_ASCII));
    }
}
