package io.padrec.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.padrec.store.Receipt;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Metrics of what was uploaded. */
@Singleton
class RowCounts {
    private static final String ROWS = "padrec.ingest.rows";

    @Inject
    MeterRegistry metrics;

    /** Counts an upload that is committed; one that came again with its key counts again. */
    void add(RowKind<?> kind, Receipt receipt) {
        count(kind, "stored", receipt.added() + receipt.changed());
        count(kind, "unchanged", receipt.unchanged());
        count(kind, "rejected", receipt.rejected());
    }

    private void count(RowKind<?> kind, String result, long rows) {
        metrics.counter(ROWS, "kind", kind.name(), "result", result).increment(rows);
    }
}
