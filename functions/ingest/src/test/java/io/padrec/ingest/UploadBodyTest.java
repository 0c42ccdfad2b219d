package io.padrec.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.serverless.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UploadBodyTest {
    private static final byte[] TEXT = "one\ntwo\nthree\n".repeat(10_000).getBytes(UTF_8);

    @Test
    void gzipIsUnpackedAndItsHashIsOfWhatWasSent() throws IOException {
        byte[] sent = gzip(TEXT);
        UploadBody body = UploadBody.of(trickling(sent), "GZIP", TEXT.length);
        assertArrayEquals(TEXT, body.readAllBytes());
        assertEquals(AtomicFiles.sha256(sent), body.sha256());
    }

    @Test
    void gzipOfSeveralMembersIsOneBody() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.write(gzip("one\n".getBytes(UTF_8)));
        sent.write(gzip("two\n".getBytes(UTF_8)));
        sent.write(gzip("three\n".getBytes(UTF_8)));
        UploadBody body = UploadBody.of(trickling(sent.toByteArray()), "gzip", 100);
        assertEquals("one\ntwo\nthree\n", new String(body.readAllBytes(), UTF_8));
        assertEquals(AtomicFiles.sha256(sent.toByteArray()), body.sha256());
    }

    @Test
    void gzipThatIsCutShortOrDamagedIsRefused() {
        byte[] sent = gzip(TEXT);
        assertRefused(400, "cut short", Arrays.copyOf(sent, sent.length / 2), "gzip", TEXT.length);
        assertRefused(400, "cut short", new byte[0], "gzip", TEXT.length);
        assertRefused(400, "not whole gzip", TEXT, "gzip", TEXT.length);
        sent[sent.length - 8] ^= 1;
        assertRefused(400, "not whole gzip", sent, "gzip", TEXT.length);
    }

    @Test
    void aBodyThatUnpacksToTooMuchIsRefused() {
        assertRefused(413, "longer than", gzip(TEXT), "gzip", TEXT.length - 1);
    }

    @Test
    void anotherEncodingIsRefused() {
        assertRefused(415, "'br'", TEXT, "br", TEXT.length);
    }

    private static void assertRefused(int status, String reason, byte[] sent, String encoding, long most) {
        Problem problem = assertThrows(Problem.class, () -> UploadBody.of(trickling(sent), encoding, most).readAllBytes());
        assertEquals(status, problem.status());
        assertTrue(problem.getMessage().contains(reason), problem.getMessage());
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(sent)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sent.toByteArray();
    }

    /** As a network gives it: a few bytes at a time, and never does it say how many are there. */
    private static InputStream trickling(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 7));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }
}
