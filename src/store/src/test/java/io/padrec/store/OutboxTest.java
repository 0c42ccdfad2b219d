package io.padrec.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.store.testing.StoreTestResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class OutboxTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    Outbox outbox;

    @Inject
    Inbox inbox;

    @Inject
    Tables tables;

    @BeforeEach
    void empty() {
        tables.run("DELETE FROM outbox");
    }

    @Test
    void anEventComesOutAsItWentIn() {
        Event event = new Event("1", "/padrec/test", EventTypes.PRETRAIN_COMPLETED, "run-1",
                Instant.parse("2026-01-02T03:04:05.123456789Z"), Map.of("run", "run-1", "metrics", Map.of("hr@10", 0.1)),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        outbox.add(event);

        assertEquals(List.of(event), outbox.take(10, LEASE));
    }

    @Test
    void theSameEventTwiceLeavesOnce() {
        outbox.add(event("1"));
        outbox.add(event("1"));

        assertEquals(1, outbox.take(10, LEASE).size());
    }

    @Test
    void anEventOfATransactionThatFailedIsNotTold() {
        assertThrows(IllegalStateException.class, () -> QuarkusTransaction.requiringNew().run(() -> {
            outbox.add(event("1"));
            throw new IllegalStateException();
        }));
        assertEquals(0, outbox.unsent());
    }

    @Test
    void aTakenEventIsKeptFromOtherSendersUntilItsSenderIsLost() {
        outbox.add(event("1"));
        assertEquals(1, outbox.take(10, LEASE).size());
        assertEquals(0, outbox.take(10, LEASE).size());

        tables.run("UPDATE outbox SET due_at = now()");
        assertEquals(1, outbox.take(10, LEASE).size());
    }

    @Test
    void aSentEventStaysOutAndAFailedOneComesAgainLaterEachTime() {
        outbox.add(event("1"));
        outbox.add(event("2"));
        List<Event> taken = outbox.take(10, LEASE);
        outbox.sent(taken.getFirst());
        outbox.failed(taken.getLast(), "503");

        assertEquals(1, outbox.unsent());
        assertEquals(0, outbox.take(10, LEASE).size());
        assertEquals("true", tables.value("SELECT due_at < now() + interval '1 second' FROM outbox WHERE sent_at IS NULL"));
        tables.run("UPDATE outbox SET due_at = now(), attempts = 12");
        outbox.failed(outbox.take(10, LEASE).getFirst(), "503");
        assertEquals("true", tables.value("SELECT due_at BETWEEN now() + interval '50 seconds' AND now() + interval '61 seconds' "
                + "FROM outbox WHERE sent_at IS NULL"));
    }

    @Test
    void anEventTakesEffectOnceButAgainWhereItsEffectFailed() {
        assertThrows(IllegalStateException.class, () -> QuarkusTransaction.requiringNew().run(() -> {
            assertTrue(inbox.take("/shop", "9", EventTypes.ITEMS_ADDED));
            throw new IllegalStateException();
        }));
        assertTrue(inbox.take("/shop", "9", EventTypes.ITEMS_ADDED));
        assertFalse(inbox.take("/shop", "9", EventTypes.ITEMS_ADDED));
        assertTrue(inbox.take("/other", "9", EventTypes.ITEMS_ADDED));
    }

    @Test
    void whatLeftLongAgoIsForgottenAndWhatWaitsIsNot() {
        outbox.add(event("1"));
        outbox.add(event("2"));
        outbox.sent(event("1"));
        tables.run("UPDATE outbox SET sent_at = sent_at - interval '40 days'");
        outbox.forget(Duration.ofDays(30));

        assertEquals("2", tables.value("SELECT string_agg(id, ',') FROM outbox"));
    }

    private static Event event(String id) {
        return new Event(id, "/padrec/test", EventTypes.ITEMS_EMBEDDED, null, Instant.parse("2026-01-02T03:04:05Z"), Map.of(),
                null);
    }
}
