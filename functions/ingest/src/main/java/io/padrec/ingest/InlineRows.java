package io.padrec.ingest;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.store.Rejections;
import io.padrec.store.RowSource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The good rows that an event brings with it; the bad ones go to the rejections. */
final class InlineRows<T> implements RowSource<T> {
    private final List<?> rows;
    private final RowKind<T> kind;
    private final Rejections rejections;
    private int read;

    /** @param rows JSON values */
    InlineRows(List<?> rows, RowKind<T> kind, Rejections rejections) {
        this.rows = rows;
        this.kind = kind;
        this.rejections = rejections;
    }

    @Override
    public T next() {
        while (read < rows.size()) {
            Object row = rows.get(read++);
            try {
                return kind.reader().read(read, fields(row));
            } catch (BadRow bad) {
                rejections.add(read, bad.getMessage());
            }
        }
        return null;
    }

    private static Map<String, Object> fields(Object row) throws BadRow {
        if (!(row instanceof Map<?, ?> object)) {
            throw new BadRow("it is not a JSON object");
        }
        Map<String, Object> fields = new HashMap<>();
        object.forEach((name, value) -> fields.put((String) name, value));
        return fields;
    }

    @Override
    public String sha256() {
        return AtomicFiles.sha256(Json.write(rows).getBytes(StandardCharsets.UTF_8));
    }
}
