package io.padrec.ingest;

import java.io.IOException;
import java.io.InputStream;

/** NDJSON: one row a line. Blank lines are no rows, but count as lines. */
final class Lines implements RawRows {
    private final Bytes bytes;
    private final RowBytes row = new RowBytes();
    private long number;
    private boolean ended;

    Lines(InputStream body) {
        this.bytes = new Bytes(body);
    }

    @Override
    public RawRow next() throws IOException {
        while (!ended) {
            for (int b = bytes.next(); b != '\n'; b = bytes.next()) {
                if (b == Bytes.END) {
                    ended = true;
                    break;
                }
                row.add(b);
            }
            number++;
            boolean blank = row.isBlank();
            byte[] json = row.take();
            if (!blank) {
                return new RawRow(number, json);
            }
        }
        return null;
    }
}
