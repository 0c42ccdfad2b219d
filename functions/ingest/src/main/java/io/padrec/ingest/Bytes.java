package io.padrec.ingest;

import java.io.IOException;
import java.io.InputStream;

/** A body byte by byte, with the position. */
final class Bytes {
    static final int END = -1;
    private static final int BUFFER = 1 << 16;
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private long before;

    Bytes(InputStream in) {
        this.in = in;
    }

    /** @return 0 to 255, or {@link #END} */
    int next() throws IOException {
        if (at == filled) {
            before += filled;
            at = 0;
            filled = Math.max(0, in.read(buffer));
            if (filled == 0) {
                return END;
            }
        }
        return buffer[at++] & 0xff;
    }

    /** The next byte that is no space, or {@link #END}. */
    int nextSolid() throws IOException {
        int b = next();
        while (isSpace(b)) {
            b = next();
        }
        return b;
    }

    /** {@link #nextSolid} at the start of the body, where some programs put the mark of UTF-8 first. */
    int firstSolid() throws IOException {
        int b = next();
        for (int i = 0; i < BYTE_ORDER_MARK.length && b == BYTE_ORDER_MARK[i]; i++) {
            b = next();
        }
        return isSpace(b) ? nextSolid() : b;
    }

    /** Where the last byte stands that was read, from 1. */
    long position() {
        return before + at;
    }

    static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
