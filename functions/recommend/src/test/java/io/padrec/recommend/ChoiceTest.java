package io.padrec.recommend;

import static io.padrec.recommend.Uploaded.item;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static io.padrec.serverless.testing.Http.post;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.padrec.core.Json;
import io.padrec.ranking.Query;
import io.padrec.ranking.Ranker;
import io.padrec.ranking.Reason;
import io.padrec.ranking.Recommendation;
import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.ItemRow;
import io.padrec.store.Models;
import io.padrec.store.Uploads;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class ChoiceTest {
    private static final String[] CATEGORIES = {"tea", "coffee", "spice"};
    private static final List<String> HISTORY = List.of("item-3", "item-4");

    @TempDir
    Path folder;

    @Inject
    Datasets datasets;

    @Inject
    Uploads uploads;

    @Inject
    Models models;

    @Inject
    Artifacts artifacts;

    private final Ranker ranker = Shop.ranker(1);

    /** Items in turn are of tea, coffee and spice; every sixth of tea is green too. */
    @BeforeEach
    void serveModelOne() throws InterruptedException {
        if (!"model-1".equals(get("/health").extract().path("model"))) {
            Shop.save(datasets);
            Shop.promote(1, models, artifacts);
            Shop.awaitServed("model-1");
        }
        if (get("/recommend?history=item-1&allow=tea").extract().statusCode() != 200) {
            Uploaded.items(uploads, IntStream.rangeClosed(1, Shop.ITEMS).mapToObj(i -> i % 6 == 3
                    ? item("item-" + i, null, null, CATEGORIES[i % 3], "green")
                    : item("item-" + i, null, null, CATEGORIES[i % 3])).toArray(ItemRow[]::new));
            Eventually.holds("categories are known", () -> get("/recommend?history=item-1&allow=tea").extract().statusCode() == 200);
        }
    }

    private static ValidatableResponse ask(String field, Object value) {
        return ask(Map.of("history", HISTORY, "k", 100, field, value));
    }

    private static ValidatableResponse ask(Map<String, Object> body) {
        return post("/recommend", Json.write(body));
    }

    private List<String> all(int... but) {
        return Shop.ids(ranker, ranker.recommend(Query.of(Shop.numbers(ranker, HISTORY), 100).excluding(but)));
    }

    @Test
    void excludedItemsAreLeftOut() {
        ask("exclude", List.of("item-1", "nope", "item-5")).statusCode(200).body("items.item", equalTo(all(1, 5)));
        get("/recommend?history=item-3,item-4&k=100&exclude=item-1,item-5").body("items.item", equalTo(all(1, 5)));
        assertFalse(get("/similar?item=item-3&k=100&exclude=item-1").extract().<List<String>>path("items.item").contains("item-1"));
    }

    @Test
    void itemsOfTheHistoryComeBackWhereThatIsWanted() {
        ask("includeSeen", true).statusCode(200).body("items.item", equalTo(Shop.ids(ranker,
                ranker.recommend(Query.of(Shop.numbers(ranker, HISTORY), 100).includingSeen()))));
        get("/recommend?history=item-3,item-4&k=100&includeSeen=true").body("items.size()", equalTo(Shop.ITEMS));
        get("/recommend?history=item-3,item-4&k=100&includeSeen=false").body("items.size()", equalTo(Shop.ITEMS - 2));
    }

    @Test
    void categoriesAreAllowedAndDenied() {
        List<String> tea = all().stream().filter(id -> number(id) % 3 == 0).toList();
        ask("categories", Map.of("allow", List.of("tea"))).statusCode(200).body("items.item", equalTo(tea));
        List<String> black = tea.stream().filter(id -> number(id) % 6 != 3).toList();
        ask("categories", Map.of("allow", List.of("tea"), "deny", List.of("green"))).body("items.item", equalTo(black));
        get("/recommend?history=item-3,item-4&k=100&allow=tea&deny=green").body("items.item", equalTo(black));
        ask("categories", Map.of("allow", List.of("coffee", "green"))).body("items.item",
                equalTo(all().stream().filter(id -> number(id) % 3 == 1 || number(id) % 6 == 3).toList()));
        get("/similar?item=item-1&allow=spice&k=100").body("items.size()", equalTo(Shop.ITEMS / 3));
        get("/recommend?user=nobody&deny=coffee,spice&k=2").body("items.item", contains("item-3", "item-6"));
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring("item-".length()));
    }

    @Test
    void unknownCategoriesAreNamed() {
        assertProblem(ask("categories", Map.of("allow", List.of("tea", "cocoa"))), 400, "categories",
                "categories.allow names 'cocoa', but no item has that category");
        assertProblem(get("/recommend?history=item-3&deny=cocoa"), 400, "deny", "deny names 'cocoa'");
        assertProblem(ask("categories", Map.of("allow", List.of())), 400, "categories", "categories.allow is empty");
        assertProblem(ask("categories", Map.of("alow", List.of("tea"))), 400, "categories", "categories holds 'alow'");
        assertProblem(ask("categories", List.of("tea")), 400, "categories", "must be a JSON object");
        assertProblem(ask("categories", Map.of("allow", "tea")), 400, "categories", "categories.allow must be a list");
        assertProblem(ask("categories", Map.of("deny", List.of(3))), 400, "categories", "categories.deny[0] must be a text");
    }

    @Test
    void itemsBelowAScoreAreLeftOut() {
        List<Recommendation> ranked = ranker.recommend(Shop.numbers(ranker, HISTORY), 100);
        float score = ranked.get(4).score();
        ask("minScore", score).statusCode(200).body("items.size()", equalTo(5));
        get("/recommend?history=item-3,item-4&minScore=1e9").body("items.size()", equalTo(0));
    }

    @Test
    void anExplanationNamesTheNearestItemsOfTheHistory() {
        List<String> history = List.of("item-3", "item-4", "item-9", "item-12");
        var json = ask(Map.of("history", history, "k", 5, "explain", true)).statusCode(200).extract().jsonPath();
        for (int i = 0; i < 5; i++) {
            int item = ranker.number(json.getString("items[" + i + "].item"));
            List<Reason> reasons = ranker.reasons(item, Shop.numbers(ranker, history), 3);
            assertEquals(reasons.stream().map(reason -> ranker.id(reason.item())).toList(),
                    json.getList("items[" + i + "].nearest.item"));
            assertEquals(reasons.getFirst().likeness(), json.getFloat("items[" + i + "].nearest[0].likeness"), 1e-5);
            assertEquals(3, json.getMap("items[" + i + "].experts").size());
        }
        ask("explain", false).body("items[0]", not(hasKey("nearest")));
    }

    @Test
    void aModelMayBeNamed() {
        artifacts.store("models/model-7", Shop.bundle(7)::write);
        models.register("model-7", Shop.DATASET, null, "models/model-7", Map.of());
        Ranker seventh = Shop.ranker(7);
        for (int i = 0; i < 2; i++) {
            ask("model", "model-7").statusCode(200).body("model", equalTo("model-7")).body("variant", equalTo("pinned"))
                    .body("items.item", equalTo(Shop.ids(seventh, seventh.recommend(Shop.numbers(seventh, HISTORY), 100))));
        }
        ask("model", "model-1").body("model", equalTo("model-1")).body("variant", equalTo("pinned"));
        get("/similar?item=item-3&model=model-7&k=4").body("items.item", equalTo(Shop.ids(seventh, seventh.similar(3, 4))));
        get("/recommend?user=ada&model=model-7").body("model", equalTo("model-7"));
        assertProblem(ask("model", "model-99"), 400, "model", "model 'model-99' is not known");
        assertProblem(get("/similar?item=item-3&model=model-99"), 400, "model", "model 'model-99' is not known");
    }

    @Test
    void manyNamedModelsTakeTurnsInMemory() {
        for (int seed = 11; seed <= 15; seed++) {
            String id = "model-" + seed;
            artifacts.store("models/" + id, Shop.bundle(seed)::write);
            models.register(id, Shop.DATASET, null, "models/" + id, Map.of());
        }
        for (int round = 0; round < 2; round++) {
            for (int seed = 11; seed <= 15; seed++) {
                ask("model", "model-" + seed).statusCode(200).body("model", equalTo("model-" + seed));
            }
        }
    }

    @Test
    void aDamagedModelCannotBeNamed() throws Exception {
        artifacts.store("models/model-8", Shop.bundle(8)::write);
        artifacts.read("models/model-8", path -> {
            try {
                byte[] bytes = Files.readAllBytes(path.resolve("model.safetensors"));
                bytes[bytes.length / 2] ^= 1;
                return Files.write(path.resolve("model.safetensors"), bytes);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        models.register("model-8", Shop.DATASET, null, "models/model-8", Map.of());
        assertProblem(ask("model", "model-8"), 422, "model 'model-8' cannot be loaded");
    }

    @Test
    void aBatchHasAnAnswerOrAProblemForEach() {
        String batch = """
                {"requests": [{"user": "ada", "k": 3}, {"history": ["item-3", "item-4"], "k": 4}, {"history": ["item-1"], "k": 0},
                              {"user": "nobody", "k": 2}, 7, {"user": "ada", "model": "model-99"}, {"k": 1},
                              {"history": ["item-1"], "categories": {"deny": ["cocoa"]}}]}""";
        post("/recommend/batch", batch).statusCode(200).body("answers.size()", equalTo(8))
                .body("answers[0].items.item", equalTo(Shop.ids(ranker, ranker.recommend(Shop.numbers(ranker, Shop.ADA), 3))))
                .body("answers[0].model", equalTo("model-1")).body("answers[0]", not(hasKey("problem")))
                .body("answers[1].items.item", equalTo(all().subList(0, 4)))
                .body("answers[2].problem.status", equalTo(400)).body("answers[2].problem.field", equalTo("k"))
                .body("answers[3].items.item", contains("item-1", "item-2"))
                .body("answers[3].reason", equalTo("popular: user 'nobody' is not known"))
                .body("answers[4].problem.field", equalTo("requests")).body("answers[5].problem.field", equalTo("model"))
                .body("answers[6].problem.field", equalTo("user")).body("answers[7].problem.field", equalTo("categories"));
        post("/recommend/batch", "{\"requests\": []}").statusCode(200).body("answers.size()", equalTo(0));
    }

    @Test
    void aBatchThatIsNoneIsRefused() {
        assertProblem(post("/recommend/batch", "{}"), 400, "requests", "requests is not given");
        assertProblem(post("/recommend/batch", "{\"requests\": {}}"), 400, "requests", "must be a list");
        assertProblem(post("/recommend/batch", Json.write(Map.of("requests", Collections.nCopies(101, Map.of("user", "ada"))))), 400,
                "requests", "a list of 101; at most 100");
        assertProblem(post("/recommend/batch", "{\"user\": \"ada\"}"), 400, "user", "not known here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "[1]", "{}", "\"1\"", "true"})
    void aMinScoreThatIsNoNumberIsRefused(String score) {
        assertProblem(post("/recommend", "{\"history\":[\"item-1\"],\"minScore\":" + score + "}"), 400, "minScore", "must be a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "1", "[]"})
    void aFlagIsTrueOrFalse(String flag) {
        assertProblem(post("/recommend", "{\"history\":[\"item-1\"],\"explain\":" + flag + "}"), 400, "explain", "true or false");
        assertProblem(post("/recommend", "{\"history\":[\"item-1\"],\"includeSeen\":" + flag + "}"), 400, "includeSeen", "true or false");
    }

    @Test
    void queriesAreReadAsCarefully() {
        assertProblem(get("/recommend?history=item-1&explain=yes"), 400, "explain", "true or false");
        assertProblem(get("/recommend?history=item-1&minScore=NaN"), 400, "minScore", "must be a number");
        assertProblem(get("/recommend?history=item-1,,item-2"), 400, "history", "history[1] is empty");
        assertProblem(get("/recommend?history=item-1&categories=tea"), 400, "categories", "not known here");
    }

    @Test
    void whateverFillsAMegabyteIsNamed() {
        String megabyte = "x".repeat(1 << 20);
        assertProblem(post("/recommend", "{\"user\":\"" + megabyte + "\"}"), 400, "user", "ids have at most 512");
        assertProblem(post("/recommend", "{\"history\":[\"" + megabyte + "\"]}"), 400, "history", "ids have at most 512");
        assertProblem(ask("exclude", Collections.nCopies(100_000, "item-1234")), 400, "exclude", "at most 10000");
        assertProblem(ask("model", megabyte), 400, "model", "ids have at most 512");
        assertProblem(post("/recommend", "{\"histroy\":\"" + megabyte + "\"}"), 400, "histroy", "not known here");
    }
}
