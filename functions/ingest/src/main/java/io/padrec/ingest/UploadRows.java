package io.padrec.ingest;

import io.padrec.store.Rejections;
import io.padrec.store.RowSource;
import java.io.IOException;
import java.util.function.Supplier;

/** The good rows of a body, for the store; the bad ones go to the rejections. */
final class UploadRows<T> implements RowSource<T> {
    private final RawRows rows;
    private final RowKind<T> kind;
    private final Rejections rejections;
    private final Supplier<String> sha256;

    /** @param sha256 of the body, asked at the end */
    UploadRows(RawRows rows, RowKind<T> kind, Rejections rejections, Supplier<String> sha256) {
        this.rows = rows;
        this.kind = kind;
        this.rejections = rejections;
        this.sha256 = sha256;
    }

    @Override
    public T next() throws IOException {
        for (RawRow row = rows.next(); row != null; row = rows.next()) {
            try {
                return kind.reader().read(row.number(), RowReader.fields(row));
            } catch (BadRow bad) {
                rejections.add(row.number(), bad.getMessage());
            }
        }
        return null;
    }

    @Override
    public String sha256() {
        return sha256.get();
    }
}
