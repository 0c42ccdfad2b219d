package io.padrec.datasets;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The lines of a UTF-8 file, plain or {@code .gz}, one after the other: however long the file is, one line is in memory. */
final class Lines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    /** No line of data is as long: whoever has one gave a file of another kind. */
    private static final int MAX_LINE = 1 << 24;

    private final Path file;
    private final Charset otherwise;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private byte[] line = new byte[1024];
    private int length;
    private long number;

    private Lines(Path file, Charset otherwise, InputStream in) {
        this.file = file;
        this.otherwise = otherwise;
        this.in = in;
    }

    /**
     * Opens a file; bytes that are not UTF-8 are replaced rather than the file given up.
     *
     * @throws PadrecException where it cannot be read, as of every method here
     */
    static Lines open(Path file) {
        return open(file, StandardCharsets.UTF_8);
    }

    /** @param otherwise what a line is read as that is not UTF-8 */
    static Lines open(Path file, Charset otherwise) {
        try {
            InputStream in = Files.newInputStream(file);
            return new Lines(file, otherwise, file.toString().endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The next line without its end, or null after the last. */
    String next() {
        length = 0;
        boolean any = false;
        try {
            while (at < end || fill()) {
                any = true;
                int from = at;
                while (at < end && buffer[at] != '\n') {
                    at++;
                }
                append(from);
                if (at < end) {
                    at++;
                    break;
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (!any) {
            return null;
        }
        number++;
        return text(length > 0 && line[length - 1] == '\r' ? length - 1 : length);
    }

    /** Of the line read last, counted from 1. */
    long number() {
        return number;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private void append(int from) {
        int more = at - from;
        if (length + more > MAX_LINE) {
            throw new PadrecException(file + ":" + (number + 1) + ": the line is longer than " + (MAX_LINE >> 20)
                    + " MiB; give a file of text lines");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
        }
        System.arraycopy(buffer, from, line, length, more);
        length += more;
    }

    private String text(int bytes) {
        String text = new String(line, 0, bytes, StandardCharsets.UTF_8);
        boolean replaced = otherwise != StandardCharsets.UTF_8 && text.indexOf('\ufffd') >= 0;
        return replaced ? new String(line, 0, bytes, otherwise) : text;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static PadrecException unreadable(Path file, IOException e) {
        String reason = switch (e) {
            case NoSuchFileException _ -> "there is no such file; check the folder's name";
            case AccessDeniedException _ -> "reading it is not permitted; change the file's permissions";
            default -> e.getMessage() + "; check the file and its disk";
        };
        return new PadrecException("cannot read " + file + ": " + reason, e);
    }
}
