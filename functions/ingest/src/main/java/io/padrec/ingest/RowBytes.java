package io.padrec.ingest;

import java.util.Arrays;

/** Collects one row's bytes. Of a row that is too long, the rest is let go by. */
final class RowBytes {
    /** Bytes of a row at most: a title may be long, but no row need be longer than this. */
    static final int MOST = 1 << 20;

    private byte[] bytes = new byte[256];
    private long length;

    void add(int b) {
        if (length == bytes.length && length < MOST) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        if (length < bytes.length) {
            bytes[(int) length] = (byte) b;
        }
        length++;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Whether there is nothing but what JSON takes for space. */
    boolean isBlank() {
        for (int i = 0; i < Math.min(length, MOST); i++) {
            if (!Bytes.isSpace(bytes[i])) {
                return false;
            }
        }
        return length <= MOST;
    }

    /** The row's bytes, and ready for the next; null for a row that was too long. */
    byte[] take() {
        byte[] row = length <= MOST ? Arrays.copyOf(bytes, (int) length) : null;
        length = 0;
        return row;
    }
}
