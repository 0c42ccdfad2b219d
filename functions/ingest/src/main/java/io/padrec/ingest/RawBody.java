package io.padrec.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A body as it was sent, with its hash. */
final class RawBody extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private String hash;

    RawBody(InputStream in) {
        this.in = in;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        return available() == 0 ? -1 : buffer[at++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = Math.min(available(), length);
        System.arraycopy(buffer, at, bytes, offset, n);
        at += n;
        return n == 0 && length > 0 ? -1 : n;
    }

    /**
     * Waits for the next bytes where there are none, so that 0 means the end and nothing else: a gzip stream asks this after each
     * of its members, and takes 0 for the end of the whole.
     */
    @Override
    public int available() throws IOException {
        if (at == filled && filled >= 0) {
            at = 0;
            filled = in.read(buffer);
            digest.update(buffer, 0, Math.max(0, filled));
        }
        return Math.max(0, filled - at);
    }

    /** SHA-256 of what was read, in hexadecimal; to be asked at the end. */
    String sha256() {
        if (hash == null) {
            hash = HexFormat.of().formatHex(digest.digest());
        }
        return hash;
    }
}
