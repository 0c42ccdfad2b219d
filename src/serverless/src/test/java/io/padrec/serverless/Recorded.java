package io.padrec.serverless;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What a class logs while a test looks. */
final class Recorded extends Handler implements AutoCloseable {
    private final Logger log;
    private final List<ExtLogRecord> records = new CopyOnWriteArrayList<>();

    Recorded(Class<?> of) {
        log = Logger.getLogger(of.getName());
        log.addHandler(this);
    }

    List<ExtLogRecord> records() {
        return records;
    }

    @Override
    public void publish(LogRecord record) {
        ExtLogRecord kept = ExtLogRecord.wrap(record);
        kept.copyMdc();
        records.add(kept);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        log.removeHandler(this);
    }
}
