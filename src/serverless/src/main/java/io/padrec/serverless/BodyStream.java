package io.padrec.serverless;

import io.quarkus.vertx.http.runtime.VertxInputStream;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A request's body as it arrives. The connection is asked for more only when the last was read. */
final class BodyStream extends InputStream {
    private final VertxInputStream in;
    private final long limit;
    private long count;
    private volatile boolean cut;

    /** To be made on the event loop, before anything of the body was read. */
    BodyStream(RoutingContext context, Duration patience, long limit) {
        this.in = new VertxInputStream(context, patience.toMillis());
        this.limit = limit;
    }

    /** Whether the sender is gone, or fell silent and was hung up on. */
    boolean isCut() {
        return cut;
    }

    /** @throws Problem 413 where a body of so many bytes is too long */
    void checkLength(long bytes) {
        if (bytes > limit) {
            throw Problem.of(413, "the body is longer than " + limit + " bytes; send it in parts");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n;
        try {
            n = in.read(bytes, offset, length);
        } catch (IOException e) {
            cut = true;
            throw e;
        }
        count += Math.max(n, 0);
        checkLength(count);
        return n;
    }

    /** Leaves the rest: what was refused at its first line is not read to its end. */
    @Override
    public void close() {
    }
}
