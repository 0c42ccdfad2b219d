package io.padrec.recommend;

import static io.padrec.serverless.testing.Http.get;
import static io.padrec.serverless.testing.Http.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.ranking.Ranker;
import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Models;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two variants, and a shadow behind them. */
@QuarkusTest
@WithTestResource(StoreTestResource.class)
@TestProfile(VariantsTest.Divided.class)
class VariantsTest {
    /** Half of the users get model-2; model-3 is asked in secret. */
    public static final class Divided implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("padrec.recommend.variants", "a=promoted:1,b=model-2:1", "padrec.recommend.shadow", "model-3",
                    "padrec.recommend.shadow-share", "1");
        }
    }

    @Inject
    Datasets datasets;

    @Inject
    Models models;

    @Inject
    Artifacts artifacts;

    @BeforeEach
    void serve() throws InterruptedException {
        Shop.save(datasets);
        for (long seed : new long[] {2, 3}) {
            Shop.register(seed, models, artifacts);
        }
        Shop.promote(1, models, artifacts);
        Shop.awaitServed("model-1");
        Eventually.holds("the variant is served", () -> "model-2".equals(get("/health").extract().path("variants.b")));
    }

    private static List<String> expected(long seed, int k) {
        Ranker ranker = Shop.ranker(seed);
        return Shop.ids(ranker, ranker.recommend(new int[] {3, 4}, k));
    }

    @Test
    void aUserIsAnsweredByTheirVariantEveryTime() {
        Split split = Split.of(List.of("a=promoted:1", "b=model-2:1"));
        Set<String> variants = new HashSet<>();
        for (int user = 1; user <= 20; user++) {
            String variant = split.of("user-" + user).name();
            variants.add(variant);
            String body = "{\"user\":\"user-" + user + "\",\"history\":[\"item-3\",\"item-4\"],\"k\":7}";
            for (int i = 0; i < 2; i++) {
                post("/recommend", body).statusCode(200).body("variant", equalTo(variant))
                        .body("model", equalTo(variant.equals("a") ? "model-1" : "model-2"))
                        .body("items.item", equalTo(expected(variant.equals("a") ? 1 : 2, 7)));
            }
        }
        assertEquals(Set.of("a", "b"), variants);
    }

    @Test
    void theVariantsModelStaysWhenAnotherIsPromoted() throws Exception {
        String b = "{\"user\":\"user-2\",\"history\":[\"item-3\"]}";
        post("/recommend", b).body("variant", equalTo("b")).body("model", equalTo("model-2"));
        Shop.promote(5, models, artifacts);
        Shop.awaitServed("model-5");
        post("/recommend", b).body("variant", equalTo("b")).body("model", equalTo("model-2"));
        Shop.promote(2, models, artifacts);
        Shop.awaitServed("model-2");
        post("/recommend", b).body("variant", equalTo("b")).body("model", equalTo("model-2"));
        post("/recommend", "{\"user\":\"user-1\",\"history\":[\"item-3\"]}").body("variant", equalTo("a"))
                .body("model", equalTo("model-2"));
    }

    @Test
    void theShadowIsComparedAndNotServed() throws Exception {
        String question = "{\"user\":\"user-1\",\"history\":[\"item-3\",\"item-4\"]}";
        Set<String> both = new HashSet<>(expected(1, 10));
        both.retainAll(expected(3, 10));
        double sum = metric("padrec_recommend_shadow_overlap_sum");
        double count = metric("padrec_recommend_shadow_overlap_count");
        post("/recommend", question).statusCode(200).body("items.item", equalTo(expected(1, 10)));
        Eventually.holds("the shadow was asked", () -> metric("padrec_recommend_shadow_overlap_count") == count + 1);
        assertEquals(both.size() / 10.0, metric("padrec_recommend_shadow_overlap_sum") - sum, 1e-9);
    }

    @Test
    void metricsTellModelsAndVariantsApart() {
        post("/recommend", "{\"user\":\"user-2\",\"history\":[\"item-3\"]}").statusCode(200);
        assertTrue(given().accept("text/plain").get("/q/metrics").asString().lines().anyMatch(line ->
                line.startsWith("padrec_recommend_answers_total{") && line.contains("model=\"model-2\"")
                        && line.contains("variant=\"b\"") && line.contains("kind=\"history\"")));
    }

    private static double metric(String name) {
        return given().accept("text/plain").get("/q/metrics").asString().lines().filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }
}
