package io.padrec.recommend;

import static io.padrec.recommend.Http.recommend;
import static io.padrec.recommend.Uploaded.item;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Item;
import io.padrec.ranking.Ranker;
import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Embeddings;
import io.padrec.store.Models;
import io.padrec.store.Uploads;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class FreshItemsTest {
    private static final float[] VECTOR = {1, -2, 0.5f, 3};
    private static final List<String> HISTORY = List.of("item-3", "item-4");

    @Inject
    Datasets datasets;

    @Inject
    Uploads uploads;

    @Inject
    Embeddings embeddings;

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

    private static void within2Seconds(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        Eventually.holds(what, condition);
        assertTrue(System.nanoTime() < end, "not within 2 s: " + what);
    }

    private static List<String> listed(List<String> history) {
        return recommend(history, 1000).statusCode(200).extract().path("items.item");
    }

    private void embed(String id, String title, float... vector) {
        embeddings.addSegment(Shop.DATASET, Shop.ENCODER, List.of(new Item(id, title)), new float[][] {vector});
    }

    @Test
    void aNewItemIsRankedByItsTextAsSoonAsThatHasAVector() throws Exception {
        Uploaded.items(uploads, item("fresh", "Fresh bread", true));
        Thread.sleep(300);
        assertFalse(listed(HISTORY).contains("fresh"));
        embed("fresh", "Fresh bread", VECTOR);
        within2Seconds("the new item is recommended", () -> listed(HISTORY).contains("fresh"));

        int number = ranker.add("fresh", "Fresh bread", VECTOR);
        float score = ranker.scores(Shop.numbers(ranker, HISTORY))[number];
        recommend(HISTORY, 1000).body("items.find { it.item == 'fresh' }.score", equalTo(score))
                .body("items.find { it.item == 'fresh' }.title", equalTo("Fresh bread"));
        recommend(List.of("fresh"), 5).statusCode(200).body("items.size()", equalTo(5));
        get("/similar?item=fresh&k=3").statusCode(200).body("items.size()", equalTo(3));
    }

    @Test
    void aNewItemWithAnotherTextIsRankedByThatOne() throws Exception {
        Uploaded.items(uploads, item("changing", "First", true));
        embed("changing", "First", VECTOR);
        within2Seconds("it is recommended", () -> listed(HISTORY).contains("changing"));
        float before = recommend(HISTORY, 1000).extract().path("items.find { it.item == 'changing' }.score");
        int items = get("/health").extract().path("items");
        Uploaded.items(uploads, item("changing", "Second", true));
        within2Seconds("its title is another", () -> "Second".equals(
                recommend(HISTORY, 1000).extract().path("items.find { it.item == 'changing' }.title")));
        recommend(HISTORY, 1000).body("items.find { it.item == 'changing' }.score", equalTo(before));
        embed("changing", "Second", -1, 2, 0, 1);
        within2Seconds("its score is another", () -> !Float.valueOf(before).equals(
                recommend(HISTORY, 1000).extract().path("items.find { it.item == 'changing' }.score")));
        assertEquals(1, listed(HISTORY).stream().filter("changing"::equals).count());
        get("/health").body("items", equalTo(items));
    }

    @Test
    void whatIsNotToBeHadIsGoneAndComesBack() throws Exception {
        int items = get("/health").extract().path("items");
        Uploaded.items(uploads, item("item-20", null, false));
        within2Seconds("it is gone", () -> !listed(HISTORY).contains("item-20"));
        get("/health").body("items", equalTo(items - 1));
        assertFalse(get("/similar?item=item-21&k=1000").extract().<List<String>>path("items.item").contains("item-20"));
        // What somebody has chosen still says something of them.
        recommend(List.of("item-20"), 5).statusCode(200).body("$", not(hasKey("reason")));
        Uploaded.items(uploads, item("item-20", null, true));
        within2Seconds("it is back", () -> listed(HISTORY).contains("item-20"));
        get("/health").body("items", equalTo(items));
    }

    @Test
    void aTitleIsTheNewest() throws Exception {
        Uploaded.items(uploads, item("item-30", "Thirty", null));
        within2Seconds("the title is new", () -> "Thirty".equals(
                recommend(HISTORY, 1000).extract().path("items.find { it.item == 'item-30' }.title")));
        Uploaded.items(uploads, item("item-30", "Title 30", null));
    }

    @Test
    void anotherModelKnowsWhatChangedSinceItsTraining() throws Exception {
        Uploaded.items(uploads, item("item-40", null, false), item("late", "Late bread", true));
        embed("late", "Late bread", VECTOR);
        Shop.promote(2, models, artifacts);
        Shop.awaitServed("model-2");
        assertTrue(listed(HISTORY).contains("late"));
        assertFalse(listed(HISTORY).contains("item-40"));
        Uploaded.items(uploads, item("item-40", null, true));
        Shop.promote(1, models, artifacts);
        Shop.awaitServed("model-1");
        assertTrue(listed(HISTORY).contains("item-40"));
    }

    @Test
    void whatAUserChoosesCountsAtOnce() {
        Uploaded.interaction(uploads, "zoe", "item-1");
        int items = get("/health").extract().path("items");
        get("/recommend?user=zoe&k=1000").statusCode(200).body("items.size()", equalTo(items - 1));
        Uploaded.interaction(uploads, "zoe", "item-50");
        assertFalse(get("/recommend?user=zoe&k=1000").extract().<List<String>>path("items.item").contains("item-50"));
    }

    @Test
    void categoriesAreThoseOfNow() throws Exception {
        Uploaded.items(uploads, item("item-10", null, null, "herb"), item("item-11", null, null, "herb", "mint"));
        within2Seconds("the category is known", () -> get("/recommend?history=item-1&allow=herb").extract().statusCode() == 200);
        get("/recommend?history=item-1&allow=herb&k=100").body("items.size()", equalTo(2));
        get("/recommend?history=item-1&allow=herb&deny=mint").body("items.item", equalTo(List.of("item-10")));
        Uploaded.items(uploads, item("item-11", null, null, "cocoa"));
        within2Seconds("the category is gone", () -> get("/recommend?history=item-1&allow=mint").extract().statusCode() == 400);
        assertProblem(get("/recommend?history=item-1&allow=herb,mint"), 400, "allow", "allow names 'mint', but no item has that category");
        get("/recommend?history=item-1&allow=herb,cocoa").body("items.size()", equalTo(2));
    }

    @Test
    void itemsThatWereReplacedByOthersAreGone() throws Exception {
        datasets.save(Shop.DATASET, "fewer items", List.of(new Item("item-1", "Title 1"), new Item("item-2", "Title 2")), List.of());
        within2Seconds("the others are gone", () -> listed(List.of("item-1")).equals(List.of("item-2")));
        Shop.save(datasets);
        within2Seconds("they are back", () -> listed(HISTORY).size() >= Shop.ITEMS - HISTORY.size());
    }
}
