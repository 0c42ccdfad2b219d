package io.padrec.standalone.export;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Tensor;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Parquet with two columns, {@code id} (a text) and {@code vector} (a list of 32-bit floats), plain and uncompressed: float vectors hardly
 * compress. Writing these two columns takes less than any library that writes all of Parquet.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">the format</a>
 */
final class ParquetFile {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    private static final int FLOAT = 4;
    private static final int BYTE_ARRAY = 6;
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int REQUIRED = 0;
    private static final int REPEATED = 2;
    private static final int UTF8 = 0;
    private static final int LIST = 3;

    private final OutputStream out;
    private final VectorTable table;
    private final List<CompactThrift.Struct> groups = new ArrayList<>();
    private long offset;

    private ParquetFile(OutputStream out, VectorTable table) {
        this.out = out;
        this.table = table;
    }

    static void write(Path file, VectorTable table) {
        AtomicFiles.write(file, temporary -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
                new ParquetFile(out, table).write();
            }
        });
    }

    private void write() throws IOException {
        put(MAGIC);
        int n = table.ids().size();
        for (int from = 0; from < n; from += VectorTable.PART) {
            group(from, Math.min(n, from + VectorTable.PART));
        }
        byte[] footer = CompactThrift.of(file -> file.i32(1, 1).structs(2, schema()).i64(3, n).structs(4, groups).text(6, "padrec"));
        put(footer);
        put(number(footer.length));
        put(MAGIC);
    }

    private static List<CompactThrift.Struct> schema() {
        return List.of(
                root -> root.text(4, "schema").i32(5, 2),
                id -> id.i32(1, BYTE_ARRAY).i32(3, REQUIRED).text(4, "id").i32(6, UTF8),
                vector -> vector.i32(3, REQUIRED).text(4, "vector").i32(5, 1).i32(6, LIST),
                list -> list.i32(3, REPEATED).text(4, "list").i32(5, 1),
                element -> element.i32(1, FLOAT).i32(3, REQUIRED).text(4, "element"));
    }

    private void group(int from, int to) throws IOException {
        long begin = offset;
        CompactThrift.Struct ids = column(BYTE_ARRAY, to - from, new byte[0], ids(from, to), "id");
        float[] rows = table.rows().of(from, to);
        CompactThrift.Struct vectors = column(FLOAT, rows.length, levels(to - from), Tensor.of(rows, rows.length).bytes(),
                "vector", "list", "element");
        long size = offset - begin;
        groups.add(group -> group.structs(1, List.of(ids, vectors)).i64(2, size).i64(3, to - from));
    }

    /** Writes a column of a row group as one page; what it returns is its entry in the footer. */
    private CompactThrift.Struct column(int type, int values, byte[] levels, byte[] data, String... path) throws IOException {
        long begin = offset;
        int size = Math.addExact(levels.length, data.length);
        put(CompactThrift.of(page -> page.i32(1, 0).i32(2, size).i32(3, size)
                .struct(5, dataPage -> dataPage.i32(1, values).i32(2, PLAIN).i32(3, RLE).i32(4, RLE))));
        put(levels);
        put(data);
        long written = offset - begin;
        return chunk -> chunk.i64(2, begin).struct(3, meta -> meta.i32(1, type).i32s(2, PLAIN, RLE).texts(3, path).i32(4, 0)
                .i64(5, values).i64(6, written).i64(7, written).i64(9, begin));
    }

    private byte[] ids(int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String id : table.ids().subList(from, to)) {
            byte[] text = id.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(number(text.length));
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }

    /** Of lists that are all of one length: which elements begin a list (repetition), and that each is there (definition), as runs. */
    private byte[] levels(int rows) {
        ByteArrayOutputStream repetition = new ByteArrayOutputStream();
        for (int r = 0; r < rows; r++) {
            run(repetition, 1, 0);
            if (table.width() > 1) {
                run(repetition, table.width() - 1, 1);
            }
        }
        ByteArrayOutputStream definition = new ByteArrayOutputStream();
        run(definition, rows * table.width(), 1);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        for (ByteArrayOutputStream levels : List.of(repetition, definition)) {
            both.writeBytes(number(levels.size()));
            both.writeBytes(levels.toByteArray());
        }
        return both.toByteArray();
    }

    private static void run(ByteArrayOutputStream out, int length, int level) {
        CompactThrift.varint(out, (long) length << 1);
        out.write(level);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    private void put(byte[] bytes) throws IOException {
        out.write(bytes);
        offset += bytes.length;
    }
}
