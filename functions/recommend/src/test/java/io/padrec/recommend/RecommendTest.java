package io.padrec.recommend;

import static io.padrec.recommend.Http.recommend;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static io.padrec.serverless.testing.Http.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.ranking.Ranker;
import io.padrec.ranking.Recommendation;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Models;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class RecommendTest {
    @Inject
    Datasets datasets;

    @Inject
    Models models;

    @Inject
    Artifacts artifacts;

    private final Ranker ranker = Shop.ranker(1);

    @BeforeEach
    void serveModelOne() throws InterruptedException {
        if (!"model-1".equals(get("/health").extract().path("model"))) {
            Shop.save(datasets);
            Shop.promote(1, models, artifacts);
            Shop.awaitServed("model-1");
        }
    }

    private void assertAnswer(ValidatableResponse response, List<Recommendation> expected) {
        JsonPath json = response.statusCode(200).contentType(ContentType.JSON).body("model", equalTo("model-1"))
                .body("variant", equalTo("promoted")).extract().jsonPath();
        assertEquals(Shop.ids(ranker, expected), json.getList("items.item"));
        for (int i = 0; i < expected.size(); i++) {
            Recommendation one = expected.get(i);
            String at = "items[" + i + "].";
            assertEquals(ranker.catalogue().title(one.item()), json.getString(at + "title"));
            assertEquals(one.score(), json.getFloat(at + "score"), 1e-4);
            List<String> experts = List.of("id", "aligned", "text");
            assertEquals(experts, List.copyOf(json.getMap(at + "experts").keySet()));
            for (int k = 0; k < experts.size(); k++) {
                assertEquals(one.shares()[k], json.getFloat(at + "experts." + experts.get(k)), 1e-4);
            }
        }
    }

    @Test
    void aUserGetsTheRankersListWithoutTheItemsOfTheHistory() {
        assertAnswer(get("/recommend?user=ada&k=20"), ranker.recommend(Shop.numbers(ranker, Shop.ADA), 20));
        get("/recommend?user=ada&k=20").body("$", not(hasKey("ignored")));
    }

    @Test
    void tenItemsAreGivenUnlessOtherwiseAsked() {
        get("/recommend?user=ada").statusCode(200).body("items", hasSize(10));
        post("/recommend", "{\"history\":[\"item-1\"]}").statusCode(200).body("items", hasSize(10));
        get("/similar?item=item-1").statusCode(200).body("items", hasSize(10));
    }

    @Test
    void moreThanThereIsGivesWhatThereIs() {
        get("/recommend?user=ada&k=1000").statusCode(200).body("items", hasSize(Shop.ITEMS - Shop.ADA.size()));
    }

    @Test
    void aUserMayBePostedToo() {
        assertAnswer(post("/recommend", "{\"user\":\"ada\",\"k\":5}"), ranker.recommend(Shop.numbers(ranker, Shop.ADA), 5));
    }

    @Test
    void aUsersIdMayHoldAnyCharacter() {
        assertAnswer(given().queryParam("user", "Zoë & co").get("/recommend?k=3").then(), ranker.recommend(new int[] {5}, 3));
    }

    @Test
    void aPostedHistoryGetsTheSameListAsTheUserWhoseItIs() {
        assertAnswer(recommend(Shop.ADA, 20), ranker.recommend(Shop.numbers(ranker, Shop.ADA), 20));
    }

    @Test
    void unknownItemsOfAHistoryAreIgnoredAndNamed() {
        ValidatableResponse response = recommend(List.of("gone", "item-3", "nope", "item-8", "gone"), 7);
        assertAnswer(response, ranker.recommend(new int[] {3, 8}, 7));
        response.body("ignored", contains("gone", "nope"));
        get("/recommend?user=bob").statusCode(200).body("ignored", contains("new"));
    }

    @Test
    void similarItemsAreTheRankers() {
        assertAnswer(get("/similar?item=item-17&k=6"), ranker.similar(17, 6));
    }

    @Test
    void anUnknownUserGetsWhatIsPopular() {
        get("/recommend?user=nobody&k=3").statusCode(200).body("reason", equalTo("popular: user 'nobody' is not known"))
                .body("items.item", contains("item-1", "item-2", "item-3")).body("items[0].score", equalTo(Shop.ITEMS - 1f))
                .body("items[0].title", equalTo("Title 1")).body("items[0]", not(hasKey("experts")));
        get("/recommend?user=ada").body("$", not(hasKey("reason")));
    }

    @Test
    void aUserOfWhomNothingIsKnownGetsWhatIsPopular() {
        get("/recommend?user=eve&k=2").statusCode(200).body("reason", equalTo("popular: the user's history is empty"))
                .body("items.item", contains("item-1", "item-2"));
        get("/recommend?user=dan").statusCode(200).body("ignored", contains("new"))
                .body("reason", equalTo("popular: none of the items of the user's history is known to the model"));
    }

    @Test
    void anUnknownItemIsNotFound() {
        assertProblem(get("/similar?item=nope"), 404, "item", "item 'nope' is not known");
    }

    @Test
    void aHistoryOfNothingKnownGetsWhatIsPopular() {
        recommend(List.of(), 1).statusCode(200).body("reason", equalTo("popular: history is empty"))
                .body("items.item", contains("item-1"));
        post("/recommend", "{\"history\":[\"nope\"],\"exclude\":[\"item-1\",\"gone\"],\"minScore\":57,\"k\":5}").statusCode(200)
                .body("reason", equalTo("popular: none of the items of history is known to the model"))
                .body("items.item", contains("item-2", "item-3")).body("ignored", contains("nope"));
    }

    @Test
    void aHistoryThatIsTooLongIsRefused() {
        assertProblem(recommend(Collections.nCopies(10_000, "item-1"), 10), 400, "history", "history is a list of 10000; at most 5000");
        recommend(Collections.nCopies(5000, "item-1"), 10).statusCode(200);
    }

    @Test
    void neitherUserNorHistoryIsRefused() {
        assertProblem(get("/recommend"), 400, "user", "neither user nor history");
        assertProblem(post("/recommend", "{}"), 400, "user", "neither user nor history");
        assertProblem(get("/similar"), 400, "item", "item is not given");
    }

    @Test
    void aHistoryThatIsGivenCountsForTheUsers() {
        assertAnswer(post("/recommend", "{\"user\":\"ada\",\"history\":[\"item-9\"]}"), ranker.recommend(new int[] {9}, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "1000000000", "99999999999999999999", "ten", "1.5", "", " 5", "１"})
    void aKOutOfRangeIsRefused(String k) {
        assertProblem(get("/recommend?user=ada&k={k}", k), 400, "k", "k must be a whole number from 1 to 1000");
        assertProblem(get("/similar?item=item-1&k={k}", k), 400, "k", "k must be a whole number from 1 to 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000000000", "1e9", "1.5", "\"ten\"", "true", "[1]", "{}", "1e400"})
    void aPostedKOutOfRangeIsRefused(String k) {
        assertProblem(post("/recommend", "{\"history\":[\"item-1\"],\"k\":" + k + "}"), 400, "k", "k must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"item-1\"", "7", "{}", "[[\"item-1\"]]", "[null]", "[5]", "[\"\"]", "[\"\\u0000\"]",
            "[\"\\ud800\"]"})
    void aHistoryThatIsNoListOfTextsIsRefused(String history) {
        assertProblem(post("/recommend", "{\"history\":" + history + "}"), 400, "history", "history");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "\"\"", "\"a\\u0000b\""})
    void aUserThatIsNoTextIsRefused(String user) {
        assertProblem(post("/recommend", "{\"user\":" + user + "}"), 400, "user", "user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{\"history\":[", "[1]", "\"ada\"", "{'user':'ada'}"})
    void aBodyThatIsNoJsonObjectIsRefused(String body) {
        assertProblem(post("/recommend", body), 400, "the body is not a JSON object");
    }

    @Test
    void unknownFieldsAreRefused() {
        assertProblem(post("/recommend", "{\"histroy\":[]}"), 400, "histroy", "'histroy' is not known here");
        assertProblem(get("/recommend?user=ada&K=5"), 400, "K", "known are allow, deny, exclude, explain, history, includeSeen, k, minScore, model, user");
        assertProblem(get("/similar?item=item-1&user=ada"), 400, "user", "known are allow, deny, exclude, item, k, minScore, model");
    }

    @Test
    void aFieldGivenTwiceOrInTheWrongPlaceIsRefused() {
        assertProblem(get("/recommend?user=ada&user=bob"), 400, "user", "more than once");
        assertProblem(post("/recommend?k=5", "{\"user\":\"ada\"}"), 400, "k", "stands in the query");
    }

    @Test
    void otherContentTypesAreRefused() {
        assertProblem(given().contentType("text/plain").body("{}").post("/recommend").then(), 415, "application/json");
        assertProblem(given().post("/recommend").then(), 415, "application/json");
        given().contentType("application/json; charset=utf-8").body("{\"user\":\"ada\"}").post("/recommend").then()
                .statusCode(200);
    }

    @Test
    void otherMethodsAreRefused() {
        assertProblem(given().delete("/recommend").then(), 405, "takes GET, POST").header("Allow", "GET, POST");
        assertProblem(given().contentType(ContentType.JSON).body("{}").post("/similar").then(), 405, "takes GET, not POST");
        assertProblem(given().put("/health").then(), 405, "takes GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/recommend/", "/recommend/ada", "/RECOMMEND"})
    void otherPathsAreNotFound(String path) {
        assertProblem(get(path), 404, "there is nothing at '" + path + "'");
        assertProblem(post(path, "{}"), 404, "there is nothing at '" + path + "'");
    }

    @Test
    void aBodyOfMoreThanTheLimitIsRefused() {
        assertProblem(post("/recommend", " ".repeat(11 << 20)), 413, "too large");
    }

    @Test
    void healthSaysWhatIsServed() {
        get("/health").statusCode(200).body("state", equalTo("serving")).body("model", equalTo("model-1"))
                .body("items", equalTo(Shop.ITEMS))
                .body("$", not(hasKey("database"))).body("$", not(hasKey("refused")));
    }
}
