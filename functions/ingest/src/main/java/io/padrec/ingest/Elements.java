package io.padrec.ingest;

import io.padrec.serverless.Problem;
import java.io.IOException;
import java.io.InputStream;

/**
 * A JSON array: one row an element. Only brackets, strings and commas are looked at: a parser of JSON could not go on after an
 * element that is wrong inside, and would hold a long string in memory.
 */
final class Elements implements RawRows {
    private final Bytes bytes;
    private final RowBytes row = new RowBytes();
    private long number;
    private boolean begun;
    private boolean ended;

    Elements(InputStream body) {
        this.bytes = new Bytes(body);
    }

    @Override
    public RawRow next() throws IOException {
        if (ended) {
            return null;
        }
        int first = begun ? bytes.nextSolid() : begin();
        if (ended) {
            return null;
        }
        number++;
        if (first == ',' || first == ']') {
            throw broken("the comma before or after element " + number + " is one too many");
        }
        int end = element(first);
        if (end == ']') {
            end();
        }
        return new RawRow(number, row.take());
    }

    private int begin() throws IOException {
        begun = true;
        int b = bytes.firstSolid();
        if (b != '[') {
            throw Problem.of(400, b == Bytes.END ? "the body is empty; send a JSON array of rows, or NDJSON as application/x-ndjson"
                    : "the body is no JSON array: it does not begin with [; send one, or NDJSON as application/x-ndjson");
        }
        b = bytes.nextSolid();
        if (b == ']') {
            end();
        }
        return b;
    }

    private void end() throws IOException {
        ended = true;
        if (bytes.nextSolid() != Bytes.END) {
            throw broken("something follows the array");
        }
    }

    /**
     * Collects an element.
     *
     * @param first its first byte
     * @return what ended it: a comma, or the array's closing bracket
     */
    private int element(int first) throws IOException {
        int depth = 0;
        boolean closed = false;
        for (int b = first;; b = bytes.next()) {
            if (depth == 0 && (b == ',' || b == ']')) {
                return b;
            }
            if (b == Bytes.END) {
                throw broken("it ends within element " + number + ", and the array is not closed");
            }
            if (b == '}' && depth == 0) {
                throw broken("element " + number + " has a } without its {");
            }
            if (closed && !Bytes.isSpace(b)) {
                throw broken("a comma is missing after element " + number);
            }
            row.add(b);
            if (b == '"') {
                string();
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                closed = --depth == 0;
            }
        }
    }

    private void string() throws IOException {
        boolean escaped = false;
        for (int b = bytes.next(); b != '"' || escaped; b = bytes.next()) {
            if (b == Bytes.END) {
                throw broken("it ends within a text of element " + number);
            }
            escaped = b == '\\' && !escaped;
            row.add(b);
        }
        row.add('"');
    }

    private Problem broken(String how) {
        return Problem.of(400, "the body is a broken JSON array: " + how + " (at byte " + bytes.position()
                + "); nothing of it is stored");
    }
}
