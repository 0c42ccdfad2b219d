package io.padrec.store;

import io.padrec.core.Json;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Events on their way out. An event is written in the transaction of what it tells, so it is told if and only if that took
 * place, and leaves later, once or more often, until somebody took it.
 */
@StoreAccess
@ApplicationScoped
public class Outbox {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** Tells who sends them: an observer of the phase AFTER_SUCCESS hears of it once the event is there. */
    @Inject
    jakarta.enterprise.event.Event<Event> added;

    @Inject
    Reads reads;

    /** Writes an event into the caller's transaction. The same event again (source and id) changes nothing. */
    @Transactional
    public void add(Event event) {
        Panache.getSession().createNativeMutationQuery("""
                INSERT INTO outbox (source, id, type, subject, time, data, traceparent)
                VALUES (?1, ?2, ?3, ?4, ?5, cast(?6 AS jsonb), ?7) ON CONFLICT DO NOTHING""")
                .setParameter(1, event.source()).setParameter(2, event.id()).setParameter(3, event.type())
                .setParameter(4, event.subject()).setParameter(5, event.time()).setParameter(6, Json.write(event.data()))
                .setParameter(7, event.traceparent()).executeUpdate();
        added.fire(event);
    }

    /**
     * Events that are due, the oldest first, kept from other senders for {@code lease}: a sender that is lost meanwhile is
     * replaced after it.
     *
     * @param most how many at most
     */
    @Transactional
    public List<Event> take(int most, Duration lease) {
        return Panache.getSession().doReturningWork(connection -> take(connection, most, lease));
    }

    private static List<Event> take(Connection connection, int most, Duration lease) throws SQLException {
        String sql = """
                UPDATE outbox SET due_at = clock_timestamp() + ? * interval '1 millisecond', attempts = attempts + 1
                WHERE (source, id) IN (SELECT source, id FROM outbox WHERE sent_at IS NULL AND due_at <= clock_timestamp()
                                       ORDER BY time, source, id LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING source, id, type, subject, time, data, traceparent""";
        List<Event> events = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, lease.toMillis());
            update.setInt(2, most);
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    events.add(new Event(rows.getString("id"), rows.getString("source"), rows.getString("type"),
                            rows.getString("subject"), rows.getObject("time", Timestamp.class).toInstant(),
                            Json.parseObject(rows.getString("data")), rows.getString("traceparent")));
                }
            }
        }
        events.sort(Comparator.comparing(Event::time).thenComparing(Event::source).thenComparing(Event::id));
        return events;
    }

    /** Somebody took the event. */
    @Transactional
    public void sent(Event event) {
        Panache.getSession().createNativeMutationQuery(
                "UPDATE outbox SET sent_at = clock_timestamp(), error = NULL WHERE source = ?1 AND id = ?2")
                .setParameter(1, event.source()).setParameter(2, event.id()).executeUpdate();
    }

    /**
     * Nobody took the event: it is due again after half a second, then after twice as long each time, at most a minute.
     *
     * @param error one line
     */
    @Transactional
    public void failed(Event event, String error) {
        Panache.getSession().createNativeMutationQuery("""
                UPDATE outbox SET error = ?3, due_at = clock_timestamp()
                    + least(?4 * power(2, least(attempts - 1, 20)), ?5) * interval '1 millisecond'
                WHERE source = ?1 AND id = ?2 AND sent_at IS NULL""")
                .setParameter(1, event.source()).setParameter(2, event.id()).setParameter(3, Content.clean(error))
                .setParameter(4, FIRST_PAUSE.toMillis()).setParameter(5, LONGEST_PAUSE.toMillis()).executeUpdate();
    }

    /** How many events wait to leave. */
    @Transactional
    public long unsent() {
        return reads.first(row -> row.getLong(1), "SELECT count(*) FROM outbox WHERE sent_at IS NULL").orElseThrow();
    }

    /** How many events about one thing wait to leave. */
    @Transactional
    public long unsent(String subject) {
        return reads.first(row -> row.getLong(1), "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND subject = ?", subject)
                .orElseThrow();
    }

    /** Forgets events that left longer ago than {@code age}, and taken ones likewise; none so old is delivered again. */
    @Transactional
    public void forget(Duration age) {
        for (String old : List.of("outbox WHERE sent_at", "inbox WHERE taken_at")) {
            Panache.getSession().createNativeMutationQuery(
                    "DELETE FROM " + old + " < clock_timestamp() - ?1 * interval '1 millisecond'")
                    .setParameter(1, age.toMillis()).executeUpdate();
        }
    }
}
