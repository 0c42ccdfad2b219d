package io.padrec.ingest;

import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A body without its compression. */
final class UploadBody extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final RawBody raw;
    private final long most;
    private final boolean compressed;
    private InputStream in;
    private long count;

    private UploadBody(InputStream body, boolean compressed, long most) {
        this.raw = new RawBody(body);
        this.most = most;
        this.compressed = compressed;
    }

    /**
     * @param encoding value of Content-Encoding; empty for none
     * @param most     bytes at most, after decompression
     * @throws Problem 415 where the encoding is not known
     */
    static UploadBody of(InputStream body, String encoding, long most) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> new UploadBody(body, false, most);
            case "gzip", "x-gzip" -> new UploadBody(body, true, most);
            default -> throw Problem.of(415, "the Content-Encoding " + Fields.quoted(encoding)
                    + " is not known here; send the body as it is, or with gzip");
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws Problem 400 where it is not whole gzip, 413 where it is too long */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n;
        try {
            if (in == null) {
                in = compressed ? new GZIPInputStream(raw, BUFFER) : raw;
            }
            n = in.read(bytes, offset, length);
        } catch (ZipException | EOFException e) {
            throw Problem.of(400, "the body is not whole gzip, as its Content-Encoding says: "
                    + (e instanceof EOFException ? "it is cut short" : e.getMessage()) + "; nothing of it is stored");
        }
        if (n < 0) {
            // What a gzip stream leaves after its last member belongs to the hash.
            raw.transferTo(OutputStream.nullOutputStream());
        }
        count += Math.max(0, n);
        if (count > most) {
            throw Problem.of(413, "the body is longer than " + most + " bytes when it is unpacked; send it in parts");
        }
        return n;
    }

    /** SHA-256 of the body as it was sent, in hexadecimal; to be asked at the end. */
    String sha256() {
        return raw.sha256();
    }
}
