package io.padrec.standalone.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router between real HTTP servers. */
class RouterTest {
    private static final String KEY = "secret";
    private static final Delivery THREE = new Delivery(3, Delivery.Backoff.EXPONENTIAL, Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final String BODY = "{\"run\":\"pretrain-1\",\"x\":1.50}";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Subscriber align = new Subscriber(0);
    private final Subscriber recommend = new Subscriber(0);
    private Router router;

    @BeforeEach
    void open() {
        router = router(Copies.ONE);
    }

    private Router router(Copies copies) {
        List<Trigger> triggers = List.of(
                new Trigger("pretrain-completed", Map.of("type", "io.padrec.pretrain.completed"), "align", THREE),
                new Trigger("all-of-finetune", Map.of("source", "/padrec/finetune"), "recommend", THREE),
                new Trigger("model-promoted", Map.of("type", "io.padrec.model.promoted", "source", "/padrec/finetune"), "align", THREE));
        Spool spool = new Spool(folder.resolve("events"));
        Courier courier = new Courier(triggers, Map.of("align", align.uri(), "recommend", recommend.uri()), "to-functions", spool,
                new DeadLetters(folder.resolve("dead-letters.ndjson")), told::add);
        return new Router(0, KEY, triggers, copies, spool, courier);
    }

    @AfterEach
    void close() {
        router.close();
        align.close();
        recommend.close();
        client.close();
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + router.port() + "/"))
                .setHeader("Authorization", "Bearer " + KEY);
    }

    private HttpRequest.Builder binary(String id, String type, String source) {
        return request().setHeader("ce-specversion", "1.0").setHeader("ce-id", id).setHeader("ce-type", type)
                .setHeader("ce-source", source).setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY));
    }

    private HttpRequest.Builder completed(String id) {
        return binary(id, "io.padrec.pretrain.completed", "/padrec/pretrain");
    }

    private int send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> deadLetters() throws IOException {
        Path file = folder.resolve("dead-letters.ndjson");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void awaitEmptySpool() throws IOException, InterruptedException {
        for (int look = 0; look < 100; look++) {
            try (Stream<Path> files = Files.list(folder.resolve("events"))) {
                if (files.findAny().isEmpty()) {
                    return;
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the spool stays full");
    }

    @Test
    void anEventComesWholeToTheSubscriberOfItsTypeAlone() throws Exception {
        assertEquals(202, send(completed("a b%\"é").setHeader("ce-traceparent", "00-aa-bb-01").setHeader("ce-id", "a%20b%25%22%C3%A9")));
        Subscriber.Received event = align.next();
        assertEquals("a%20b%25%22%C3%A9", event.id());
        assertEquals("io.padrec.pretrain.completed", event.headers().get("ce-type"));
        assertEquals("00-aa-bb-01", event.headers().get("ce-traceparent"));
        assertEquals("application/json", event.headers().get("content-type"));
        assertEquals("Bearer to-functions", event.headers().get("authorization"));
        assertEquals(BODY, event.body());
        recommend.assertQuiet();
        awaitEmptySpool();
    }

    @Test
    void aStructuredEventComesInBinaryMode() {
        String json = "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/padrec/pretrain\",\"type\":\"io.padrec.pretrain.completed\","
                + "\"subject\":\"été\",\"data\":{\"run\":\"r\"}}";
        assertEquals(202, send(request().setHeader("Content-Type", "application/cloudevents+json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json))));
        Subscriber.Received event = align.next();
        assertEquals("7", event.id());
        assertEquals("%C3%A9t%C3%A9", event.headers().get("ce-subject"));
        assertEquals("{\"run\":\"r\"}", event.body());
        assertEquals("application/json", event.headers().get("content-type"));
    }

    @Test
    void allAttributesOfAFilterMustMatchAndEveryTriggerThatMatchesDelivers() {
        assertEquals(202, send(binary("1", "io.padrec.model.promoted", "/padrec/finetune")));
        assertEquals("1", align.next().id());
        assertEquals("1", recommend.next().id());
        assertEquals(202, send(binary("2", "io.padrec.model.promoted", "/somewhere/else")));
        assertEquals(202, send(binary("3", "io.padrec.items.embedded", "/padrec/ingest")));
        align.assertQuiet();
        recommend.assertQuiet();
    }

    @Test
    void whatFailsForNowIsTriedAgainWithGrowingPauses() throws Exception {
        align.close();
        align = new Subscriber(align.port(), 503, 404, 429);
        assertEquals(202, send(completed("1")));
        List<Subscriber.Received> tries = align.next(4);
        for (int retry = 1; retry <= 3; retry++) {
            long pause = (tries.get(retry).nanos() - tries.get(retry - 1).nanos()) / 1_000_000;
            assertTrue(pause >= THREE.before(retry).toMillis() - 5, "retry " + retry + " after " + pause + " ms");
        }
        align.assertQuiet();
        assertEquals(List.of(), deadLetters());
        awaitEmptySpool();
    }

    @Test
    void anEventIsADeadLetterAfterTheLastRetry() throws Exception {
        align.close();
        align = new Subscriber(align.port(), 500, 500, 500, 500);
        assertEquals(202, send(completed("1")));
        align.next(4);
        awaitEmptySpool();
        Map<String, Object> letter = Json.parseObject(deadLetters().getFirst());
        assertEquals("align", letter.get("subscriber"));
        assertEquals("pretrain-completed", letter.get("trigger"));
        assertTrue(letter.get("reason").toString().contains("500") && letter.get("reason").toString().contains("4 times"),
                letter.toString());
        Map<?, ?> event = (Map<?, ?>) letter.get("event");
        assertEquals("1", event.get("id"));
        assertEquals("eyJydW4iOiJwcmV0cmFpbi0xIiwieCI6MS41MH0=", event.get("data_base64"));
        assertEquals(1, told.size());
        align.assertQuiet();
    }

    @Test
    void aPoisonEventIsADeadLetterAtOnceAndBlocksNothing() throws Exception {
        align.close();
        align = new Subscriber(align.port(), 422);
        assertEquals(202, send(completed("poison")));
        assertEquals("poison", align.next().id());
        assertEquals(202, send(completed("good")));
        assertEquals("good", align.next().id());
        awaitEmptySpool();
        align.assertQuiet();
        assertEquals(1, deadLetters().size());
        assertTrue(deadLetters().getFirst().contains("HTTP 422"), deadLetters().getFirst());
    }

    @Test
    void aSubscriberThatIsDownGetsItsEventsLaterAndKeepsNobodyElseWaiting() {
        int port = align.port();
        align.close();
        assertEquals(202, send(completed("1")));
        assertEquals(202, send(binary("2", "io.padrec.finetune.completed", "/padrec/finetune")));
        assertEquals("2", recommend.next().id());
        align = new Subscriber(port);
        assertEquals("1", align.next().id());
    }

    @Test
    void whatWasAnsweredWith202SurvivesTheRouter() throws Exception {
        int port = align.port();
        align.close();
        assertEquals(202, send(completed("1")));
        router.close();
        // A half-written file is what a kill in the midst of an acceptance leaves.
        Files.writeString(folder.resolve("events/.1-x.json.123.tmp"), "{");
        align = new Subscriber(port);
        router = router(Copies.ONE);
        assertEquals("1", align.next().id());
        awaitEmptySpool();
        align.assertQuiet();
    }

    @Test
    void copiesAreDeliveredEachByItself() throws Exception {
        router.close();
        router = router(() -> List.of(Duration.ofMillis(200), Duration.ZERO, Duration.ofMillis(100)));
        assertEquals(202, send(completed("1")));
        assertEquals(List.of("1", "1", "1"), align.next(3).stream().map(Subscriber.Received::id).toList());
        awaitEmptySpool();
        align.assertQuiet();
    }

    @Test
    void whatIsNoEventIsRefusedAndKeptNowhere() throws Exception {
        assertEquals(400, send(completed("1").setHeader("ce-id", " ")));
        assertEquals(400, send(request().POST(HttpRequest.BodyPublishers.ofString("{}"))));
        assertEquals(400, send(request().setHeader("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString("{"))));
        assertEquals(415, send(request().setHeader("Content-Type", "application/cloudevents-batch+json")
                .POST(HttpRequest.BodyPublishers.ofString("[]"))));
        assertEquals(413, send(completed("1").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]))));
        assertEquals(404, send(request().GET()));
        assertEquals(401, send(completed("1").setHeader("Authorization", "Bearer guess")));
        align.assertQuiet();
        awaitEmptySpool();
    }

    @Test
    void anUnknownSubscriberIsSaidAtTheStart() {
        var refused = assertThrows(PadrecException.class, () -> new Courier(
                List.of(new Trigger("t", Map.of(), "rank", Delivery.NONE)), Map.of("align", align.uri()), KEY,
                new Spool(folder.resolve("events")), new DeadLetters(folder.resolve("d")), told::add));
        assertTrue(refused.getMessage().contains("'t'") && refused.getMessage().contains("'rank'"), refused.getMessage());
    }

    @Test
    void pausesGrowAsThePolicySays() {
        Delivery linear = new Delivery(5, Delivery.Backoff.LINEAR, Duration.ofMillis(200), Duration.ofSeconds(1));
        assertEquals(Duration.ofMillis(600), linear.before(3));
        assertEquals(Duration.ofMillis(400), THREE.before(3));
    }
}
