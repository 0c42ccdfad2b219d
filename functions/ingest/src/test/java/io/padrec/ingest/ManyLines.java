package io.padrec.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/** A long upload of items, made while it is read. Every hundredth line is bad, each in another way. */
final class ManyLines extends InputStream {
    private static final int EACH = 100;
    private static final List<String> BAD = List.of("nonsense", "{\"id\":\"x\"}", "{\"id\":7,\"title\":\"Seven\"}", "[]",
            "{\"id\":\"x\",\"title\":\"X\",\"price\":1}", "{\"id\":\" \",\"title\":\"Blank\"}",
            "{\"id\":\"x\",\"title\":\"X\"", "{\"id\":\"\\ud800\",\"title\":\"Half a character\"}",
            "{\"id\":\"x\",\"id\":\"y\",\"title\":\"Twice\"}", "\u0000");

    private final int lines;
    private final int cutAfter;
    private int line;
    private byte[] current = {};
    private int at;

    private ManyLines(int lines, int cutAfter) {
        this.lines = lines;
        this.cutAfter = cutAfter;
    }

    static InputStream of(int lines) {
        return new ManyLines(lines, lines);
    }

    /** The same, but the sender fails after some lines. */
    static InputStream cut(int lines, int cutAfter) {
        return new ManyLines(lines, cutAfter);
    }

    static List<Long> bad(int lines) {
        return LongStream.rangeClosed(1, lines).filter(number -> number % EACH == 0).boxed().toList();
    }

    static String title(int line) {
        return "Item number " + line + " of a shop, with a title of the usual length";
    }

    private static String text(int line) {
        if (line % (EACH * EACH) == 0) {
            return "{\"id\":\"long\",\"title\":\"" + "x".repeat(2 * RowBytes.MOST) + "\"}";
        }
        return line % EACH == 0 ? BAD.get(line / EACH % BAD.size())
                : "{\"id\":\"i" + line + "\",\"title\":\"" + title(line) + "\"}";
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (at == current.length) {
            if (line == lines) {
                return -1;
            }
            if (line == cutAfter) {
                throw new IOException("the sender fails");
            }
            current = (text(++line) + "\n").getBytes(StandardCharsets.UTF_8);
            at = 0;
        }
        int n = Math.min(length, current.length - at);
        System.arraycopy(current, at, bytes, offset, n);
        at += n;
        return n;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
