package io.padrec.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Something that happened, as a CloudEvent tells it. Data are references, never bulk.
 *
 * @param id          unique within its source, and derived from what it tells: the same thing told again is the same event
 * @param source      who tells it, such as {@code /padrec/pretrain}
 * @param type        one of {@link EventTypes}
 * @param subject     what it is about, such as a run's id; null for none
 * @param time        when it happened, in microseconds
 * @param data        JSON values
 * @param traceparent W3C trace context of what led to it; null for none
 */
public record Event(String id, String source, String type, String subject, Instant time, Map<String, Object> data,
        String traceparent) {
    public Event {
        // As PostgreSQL keeps it, so that an event equals what is read back.
        time = time.truncatedTo(ChronoUnit.MICROS);
        data = JsonColumn.normal(data);
    }

    /** The event, happening now. */
    public static Event now(String id, String source, String type, String subject, Map<String, Object> data,
            String traceparent) {
        return new Event(id, source, type, subject, Clock.now(), data, traceparent);
    }
}
