package io.padrec.ingest;

import static io.padrec.ingest.Sending.lines;
import static io.padrec.ingest.Sending.send;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Item;
import io.padrec.serverless.Routes;
import io.padrec.serverless.testing.Contract;
import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Datasets;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class UploadTest {
    private static final String ITEMS = lines("{\"id\":\"a\",\"title\":\"Apples\"}", "{\"id\":\"b\",\"title\":\"Beans\"}",
            "{\"id\":\"c\",\"title\":\"Corn\"}");

    @Inject
    Datasets datasets;

    @Inject
    Routes routes;

    @ConfigProperty(name = "padrec.ingest.concurrent-uploads")
    int concurrent;

    @Test
    void anArrayOfItemsIsStored() {
        send("/items?dataset=array", "application/json", """
                [{"id":"a","title":"Apples"},
                 {"id":"b"},
                 {"id":"c","title":"Corn"}]""").statusCode(200).contentType("application/json")
                .body("dataset", equalTo("array")).body("received", equalTo(3)).body("added", equalTo(2))
                .body("changed", equalTo(0)).body("unchanged", equalTo(0)).body("rejected", equalTo(1))
                .body("problems.line", contains(2)).body("problems.reason", contains("title is missing"));
        assertEquals(List.of(new Item("a", "Apples"), new Item("c", "Corn")), datasets.items("array"));
    }

    @Test
    void linesOfItemsAndInteractionsAreStored() {
        send("/items?dataset=lines", ITEMS).statusCode(200).body("added", equalTo(3)).body("problems", hasSize(0));
        send("/interactions?dataset=lines", lines("{\"user\":\"zoe\",\"item\":\"c\",\"time\":\"2026-01-02T00:00:00Z\"}",
                "{\"user\":\"zoe\",\"item\":\"x\"}", "", "{\"user\":\"zoe\",\"item\":\"a\",\"time\":1}",
                "{\"user\":\"\",\"item\":\"a\"}", "{\"user\":\"zoe\",\"item\":\"b\",\"time\":\"soon\"}"))
                .statusCode(200).body("received", equalTo(5)).body("added", equalTo(2)).body("rejected", equalTo(3))
                .body("problems.line", contains(2, 5, 6))
                .body("problems.reason", contains(containsString("'x' is not known"), containsString("user id is empty"),
                        containsString("time must be such as")));
        assertEquals(Optional.of(List.of("a", "c")), datasets.history("lines", "zoe"));
    }

    @Test
    void itemsOfNoNamedDatasetGoToTheDefaultOne() {
        send("/items", ITEMS).statusCode(200).body("dataset", equalTo("default"));
        send("/items", lines("{\"id\":\"b\",\"title\":\"Broad beans\"}")).body("changed", equalTo(1));
    }

    @Test
    void gzipIsUnpacked() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(sent)) {
            out.write(ITEMS.getBytes(StandardCharsets.UTF_8));
        }
        given().contentType("application/x-ndjson").header("Content-Encoding", "gzip").body(sent.toByteArray())
                .post("/items?dataset=gzip").then().statusCode(200).body("added", equalTo(3));
        assertProblem(given().contentType("application/x-ndjson").header("Content-Encoding", "gzip").body(ITEMS.getBytes(
                StandardCharsets.UTF_8)).post("/items?dataset=gzip").then(), 400, "not whole gzip");
    }

    @Test
    void aBrokenArrayStoresNothing() {
        assertProblem(send("/items?dataset=broken", "application/json", "[{\"id\":\"a\",\"title\":\"A\"},{\"id\":\"b\""), 400,
                "within element 2, and the array is not closed (at byte 33)");
        assertEquals(Optional.empty(), datasets.find("broken"));
    }

    @Test
    void interactionsOfNoDatasetAreNotFound() {
        assertProblem(send("/interactions?dataset=nowhere", lines("{\"user\":\"zoe\",\"item\":\"a\"}")), 404, "dataset",
                "there is no dataset 'nowhere'");
        assertProblem(send("/items?dataset=%20", ITEMS), 422, "dataset name is empty");
        assertProblem(send("/items?data=x", ITEMS), 400, "data", "is not known here");
        assertProblem(send("/items", "text/csv", "a,A"), 415, "application/json or application/x-ndjson");
    }

    @Test
    void anUploadRepeatedWithItsKeyIsAnsweredTheSameAndStoredOnce() {
        send("/items?dataset=keys", ITEMS);
        String body = lines("{\"user\":\"zoe\",\"item\":\"a\"}", "nonsense");
        String first = keyed("/interactions?dataset=keys", "keys-1", body).statusCode(200).extract().asString();
        String second = keyed("/interactions?dataset=keys", "keys-1", body).statusCode(200).extract().asString();

        assertEquals(first, second);
        assertEquals(Optional.of(List.of("a")), datasets.history("keys", "zoe"));
        assertProblem(keyed("/interactions?dataset=keys", "keys-1", lines("{\"user\":\"zoe\",\"item\":\"b\"}")), 422,
                "'keys-1' belongs to another upload");
        assertEquals(Optional.of(List.of("a")), datasets.history("keys", "zoe"));
    }

    @Test
    void oneUploadSentByManyAtOnceIsStoredOnce() throws Exception {
        send("/items?dataset=crowd", ITEMS);
        List<Callable<Integer>> senders = IntStream.range(0, 6).<Callable<Integer>>mapToObj(i -> () ->
                keyed("/interactions?dataset=crowd", "crowd-1", lines("{\"user\":\"zoe\",\"item\":\"a\"}")).statusCode(200)
                        .extract().path("added")).toList();
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (Future<Integer> added : threads.invokeAll(senders)) {
                assertEquals(1, added.get());
            }
        }
        assertEquals(Optional.of(List.of("a")), datasets.history("crowd", "zoe"));
    }

    @Test
    void aConnectionCutHalfWayLosesNothingAndDoublesNothing() throws Exception {
        send("/items?dataset=cut", ITEMS);
        String body = "{\"user\":\"zoe\",\"item\":\"a\"}\n".repeat(50_000);
        int half = body.length() / 2;
        Sending.cut("/interactions?dataset=cut", "cut-1", body.substring(0, half), body.length());
        Sending.cut("/interactions?dataset=cut", "cut-1", body.substring(0, body.length() - 1), body.length());
        assertEquals(Optional.empty(), datasets.history("cut", "zoe"));

        keyed("/interactions?dataset=cut", "cut-1", body).statusCode(200).body("added", equalTo(50_000));
        keyed("/interactions?dataset=cut", "cut-1", body).statusCode(200).body("added", equalTo(50_000));
        assertEquals(50_000, datasets.history("cut", "zoe").orElseThrow().size());
        assertEquals(50_000, datasets.find("cut").orElseThrow().interactions());
    }

    @Test
    void moreUploadsThanThereAreConnectionsForAreAskedToComeAgain() throws Exception {
        List<Socket> under = new ArrayList<>();
        try {
            // An upload of an earlier test may hold a place for a moment longer, so one of these may have been sent away.
            while (under.size() < concurrent || send("/items?dataset=queue", ITEMS).extract().statusCode() != 503) {
                under.add(Sending.begin("/items?dataset=queue", "queue-" + under.size(), "{\"id\":\"a\"", 1000));
                assertTrue(under.size() < 10 * concurrent, "all places are never taken");
                Thread.sleep(20);
            }
            assertProblem(send("/items?dataset=queue", ITEMS), 503, "uploads are under way").header("Retry-After", "2");
        } finally {
            for (Socket socket : under) {
                socket.close();
            }
        }
        Eventually.holds("places are free", () -> send("/items?dataset=queue", ITEMS).extract().statusCode() == 200);
    }

    @Test
    void theContractDescribesEveryRoute() {
        Contract.assertDescribes(routes);
    }

    private static ValidatableResponse keyed(String path, String key, String body) {
        return given().contentType("application/x-ndjson").header("Idempotency-Key", key)
                .body(body.getBytes(StandardCharsets.UTF_8)).post(path).then();
    }
}
