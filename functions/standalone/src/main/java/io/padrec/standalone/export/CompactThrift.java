package io.padrec.standalone.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes Thrift's compact protocol, in which Parquet keeps its metadata: as much of it as {@link ParquetFile} needs. Fields of a struct are
 * written in rising order of their numbers.
 *
 * @see <a href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">the protocol</a>
 */
final class CompactThrift {
    /** Writes one struct's fields. */
    @FunctionalInterface
    interface Struct {
        void write(CompactThrift out);
    }

    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    /** A list of so many elements or more has its size on its own. */
    private static final int LONG_LIST = 15;

    private final ByteArrayOutputStream out;
    private int last;

    private CompactThrift(ByteArrayOutputStream out) {
        this.out = out;
    }

    /** A struct that stands alone. */
    static byte[] of(Struct struct) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, struct);
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, Struct struct) {
        struct.write(new CompactThrift(bytes));
        bytes.write(0);
    }

    CompactThrift i32(int field, int value) {
        field(field, I32);
        zigzag(value);
        return this;
    }

    CompactThrift i64(int field, long value) {
        field(field, I64);
        zigzag(value);
        return this;
    }

    CompactThrift text(int field, String value) {
        field(field, BINARY);
        text(value);
        return this;
    }

    CompactThrift struct(int field, Struct struct) {
        field(field, STRUCT);
        write(out, struct);
        return this;
    }

    CompactThrift structs(int field, java.util.List<Struct> structs) {
        list(field, STRUCT, structs.size());
        structs.forEach(struct -> write(out, struct));
        return this;
    }

    CompactThrift i32s(int field, int... values) {
        list(field, I32, values.length);
        for (int value : values) {
            zigzag(value);
        }
        return this;
    }

    CompactThrift texts(int field, String... values) {
        list(field, BINARY, values.length);
        for (String value : values) {
            text(value);
        }
        return this;
    }

    private void field(int number, int type) {
        // No struct here leaves out more than 15 numbers.
        out.write((number - last) << 4 | type);
        last = number;
    }

    private void list(int field, int type, int size) {
        field(field, LIST);
        if (size < LONG_LIST) {
            out.write(size << 4 | type);
        } else {
            out.write(LONG_LIST << 4 | type);
            varint(out, size);
        }
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private void zigzag(long value) {
        varint(out, value << 1 ^ value >> 63);
    }

    /** Seven bits a byte, the lowest first; the last byte alone is below 128. */
    static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
