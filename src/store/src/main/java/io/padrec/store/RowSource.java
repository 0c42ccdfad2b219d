package io.padrec.store;

import java.io.IOException;

/** The rows of one upload, one after the other. */
public interface RowSource<T> {
    /**
     * The next row that can be read; what cannot goes to the upload's {@link Rejections}.
     *
     * @return null at the end
     * @throws IOException where the rest cannot be read; nothing of the upload is stored then
     */
    T next() throws IOException;

    /** SHA-256 of everything read, asked for at the end. */
    String sha256();
}
