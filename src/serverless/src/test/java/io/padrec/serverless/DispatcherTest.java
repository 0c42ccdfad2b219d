package io.padrec.serverless;

import static io.padrec.serverless.testing.Http.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.serverless.testing.Eventually;
import io.padrec.serverless.testing.Gateway;
import io.padrec.serverless.testing.StoreBehindGateway;
import io.padrec.store.Event;
import io.padrec.store.EventTypes;
import io.padrec.store.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreBehindGateway.class)
@WithTestResource(TestSink.class)
class DispatcherTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Inject
    Outbox outbox;

    @Inject
    Dispatcher dispatcher;

    Gateway gateway;
    TestSink sink;

    @BeforeEach
    void begin() throws Exception {
        Files.writeString(sink.keyFile, "first-key\n");
        sink.arrivals.clear();
        sink.answer.set(202);
        sink.mostAtOnce.set(0);
        sink.delayMillis = 0;
    }

    @AfterEach
    void sendAll() throws Exception {
        sink.down();
        sink.answer.set(202);
        sink.delayMillis = 0;
        sink.up();
        Eventually.holds("all have left", () -> outbox.unsent() == 0);
        sink.down();
    }

    private static Event event() {
        return Event.now("event-" + NUMBERS.incrementAndGet(), "/padrec/test", EventTypes.PRETRAIN_COMPLETED, null,
                Map.of("run", "pretrain-1"), null);
    }

    private Set<String> add(int count) {
        List<Event> events = IntStream.range(0, count).mapToObj(i -> event()).toList();
        QuarkusTransaction.requiringNew().run(() -> events.forEach(outbox::add));
        return events.stream().map(Event::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private void awaitTaken(Set<String> ids) throws InterruptedException {
        Eventually.holds("all are taken", () -> new TreeSet<>(sink.taken()).containsAll(ids));
    }

    @Test
    void anEventLeavesAtOnceAfterTheCommitWithAllThatItTells() throws Exception {
        sink.up();
        Event event = Event.now("id 1 %", "/padrec/zoë", EventTypes.MODEL_PROMOTED, "a \"model\"", Map.of("n", 3, "deep",
                Map.of("x", List.of(1.5, true))), TRACE);
        long from = System.nanoTime();
        outbox.add(event);
        Eventually.holds("it is taken", () -> !sink.arrivals.isEmpty());
        assertTrue(System.nanoTime() - from < 900_000_000L, "it waited for the next look");
        TestSink.Arrival arrival = sink.arrivals.getFirst();
        assertEquals(event, arrival.event());
        assertEquals("application/json", arrival.headers().getFirst("Content-Type"));
        assertEquals("1.0", arrival.headers().getFirst("ce-specversion"));
        assertEquals(TRACE, arrival.headers().getFirst("traceparent"));
        assertEquals("Bearer first-key", arrival.headers().getFirst("Authorization"));
    }

    @Test
    void anEventWhoseTransactionIsRolledBackNeverLeaves() throws Exception {
        sink.up();
        QuarkusTransaction.begin();
        outbox.add(event());
        QuarkusTransaction.rollback();
        Set<String> later = add(1);
        awaitTaken(later);
        assertEquals(List.copyOf(later), sink.taken());
    }

    @Test
    void whileTheSinkIsAwayEventsWaitAndThenAllArrive() throws Exception {
        Set<String> ids = add(100);
        Thread.sleep(4000);
        assertEquals(100, outbox.unsent());
        sink.up();
        awaitTaken(ids);
        Eventually.holds("none is left", () -> outbox.unsent() == 0);
    }

    @Test
    void whatIsNotTakenIsSentAgain() throws Exception {
        sink.answer.set(503);
        sink.up();
        Set<String> ids = add(3);
        Eventually.holds("each was refused", () -> sink.arrivals.size() >= 6);
        assertEquals(List.of(), sink.taken());
        sink.answer.set(200);
        awaitTaken(ids);
        assertEquals(3, sink.taken().size());
    }

    @Test
    void onlySoManyAreUnderWayAtATime() throws Exception {
        sink.delayMillis = 50;
        sink.up();
        awaitTaken(add(100));
        assertTrue(sink.mostAtOnce.get() > 1 && sink.mostAtOnce.get() <= 16, "at once: " + sink.mostAtOnce.get());
        assertEquals(100, sink.taken().size());
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() throws Exception {
        gateway.become(Gateway.State.CLOSED);
        Thread.sleep(2000);
        gateway.become(Gateway.State.OPEN);
        sink.up();
        Eventually.holds("the database is back", () -> get("/q/health/ready").extract().asString().contains("\"up\""));
        awaitTaken(add(5));
    }

    @Test
    void aKeyThatIsRenewedIsReadAnewAndWithoutOneNothingIsTakenOut() throws Exception {
        sink.up();
        Files.delete(sink.keyFile);
        Set<String> ids = add(1);
        Thread.sleep(1500);
        assertEquals(List.of(), sink.arrivals);
        Files.writeString(sink.keyFile, "second-key");
        awaitTaken(ids);
        assertEquals("Bearer second-key", sink.arrivals.getFirst().headers().getFirst("Authorization"));
    }

    @Test
    void aFlushWaitsUntilNothingIsLeft() throws Exception {
        add(3);
        assertFalse(dispatcher.flush(Duration.ofMillis(300)));
        sink.up();
        assertTrue(dispatcher.flush(Duration.ofSeconds(20)));
        assertEquals(0, outbox.unsent());
    }

    @Test
    void healthAndMetricsSayWhatWaits() throws Exception {
        add(7);
        get("/q/health/ready").statusCode(200).body("checks.find { it.name == 'store' }.data.unsent", equalTo(7))
                .body("checks.find { it.name == 'store' }.data.sink", equalTo("set"));
        Thread.sleep(1100);
        given().accept("text/plain").get("/q/metrics").then().statusCode(200).body(containsString("padrec_outbox_unsent 7.0"))
                .body(containsString("padrec_runs{state=\"QUEUED\""));
    }
}
