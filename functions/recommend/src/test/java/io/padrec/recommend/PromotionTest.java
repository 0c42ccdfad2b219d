package io.padrec.recommend;

import static io.padrec.recommend.Http.recommend;
import static io.padrec.serverless.testing.Http.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.serverless.testing.Eventually;
import io.padrec.store.Artifacts;
import io.padrec.store.Datasets;
import io.padrec.store.Models;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class PromotionTest {
    private static final List<String> HISTORY = List.of("item-3", "item-4");

    @Inject
    Datasets datasets;

    @Inject
    Models models;

    @Inject
    Artifacts artifacts;

    @BeforeEach
    void serveModelTwo() throws InterruptedException {
        Shop.save(datasets);
        Shop.promote(2, models, artifacts);
        Shop.awaitServed("model-2");
    }

    private static List<String> expected(String model) {
        var ranker = Shop.ranker(Long.parseLong(model.substring("model-".length())));
        return Shop.ids(ranker, ranker.recommend(Shop.numbers(ranker, HISTORY), 10));
    }

    @Test
    void anotherPromotedModelIsServedSoon() throws InterruptedException {
        Shop.promote(3, models, artifacts);
        Shop.awaitServed("model-3");
        recommend(HISTORY, 10).statusCode(200).body("model", equalTo("model-3"))
                .body("items.item", equalTo(expected("model-3")));
    }

    @Test
    void aDamagedBundleIsRefusedAndTheOldModelServesOn() throws IOException, InterruptedException {
        artifacts.store("models/model-4", Shop.bundle(4)::write);
        Path tensors = artifacts.read("models/model-4", folder -> folder.resolve("model.safetensors"));
        try (FileChannel channel = FileChannel.open(tensors, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        models.register("model-4", Shop.DATASET, null, "models/model-4", Map.of());
        models.promote("model-4");
        Eventually.holds("the bundle is refused", () -> "model-4".equals(get("/health").extract().path("refused")));
        get("/health").statusCode(200).body("state", equalTo("serving")).body("model", equalTo("model-2"));
        recommend(HISTORY, 10).statusCode(200).body("items.item", equalTo(expected("model-2")));
        Shop.promote(3, models, artifacts);
        Shop.awaitServed("model-3");
        get("/health").body("$", not(hasKey("refused")));
    }

    @Test
    void requestsDuringSwapsAreAnsweredByOneModelEach() throws Exception {
        Map<String, List<String>> lists = Map.of("model-2", expected("model-2"), "model-3", expected("model-3"));
        AtomicBoolean over = new AtomicBoolean();
        Callable<Integer> client = () -> {
            int answers = 0;
            while (!over.get()) {
                JsonPath json = recommend(HISTORY, 10).statusCode(200).extract().jsonPath();
                assertEquals(lists.get(json.getString("model")), json.getList("items.item"));
                answers++;
            }
            return answers;
        };
        try (var clients = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                answers.add(clients.submit(client));
            }
            try {
                for (int swap = 0; swap < 6; swap++) {
                    long seed = swap % 2 == 0 ? 3 : 2;
                    Shop.promote(seed, models, artifacts);
                    Shop.awaitServed("model-" + seed);
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> answered : answers) {
                assertTrue(answered.get() > 0);
            }
        }
    }
}
