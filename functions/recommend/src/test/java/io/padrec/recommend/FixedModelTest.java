package io.padrec.recommend;

import static io.padrec.recommend.Http.recommend;
import static io.padrec.serverless.testing.Http.assertProblem;
import static io.padrec.serverless.testing.Http.get;
import static org.hamcrest.Matchers.equalTo;

import io.padrec.core.AtomicFiles;
import io.padrec.ranking.Ranker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bundle's folder alone: there is no database. */
@QuarkusTest
@WithTestResource(FixedModelTest.Model.class)
class FixedModelTest {
    /** A folder with a model. */
    public static final class Model implements QuarkusTestResourceLifecycleManager {
        private Path folder;

        @Override
        public Map<String, String> start() {
            try {
                folder = Files.createTempDirectory("padrec-model");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Shop.bundle(5).write(folder.resolve("spring-model"));
            return Map.of("padrec.model", folder.resolve("spring-model").toString(), "padrec.store.active", "false");
        }

        @Override
        public void stop() {
            try {
                AtomicFiles.deleteAll(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void historiesAndSimilarItemsAreAnsweredWithoutADatabase() {
        Ranker ranker = Shop.ranker(5);
        recommend(List.of("item-2", "item-9"), 8).statusCode(200).body("model", equalTo("spring-model")).body("variant", equalTo("promoted"))
                .body("items.item", equalTo(Shop.ids(ranker, ranker.recommend(new int[] {2, 9}, 8))));
        get("/similar?item=item-2&k=4").statusCode(200)
                .body("items.item", equalTo(Shop.ids(ranker, ranker.similar(2, 4))));
        get("/health").statusCode(200).body("model", equalTo("spring-model"));
        recommend(List.of(), 2).statusCode(200).body("items.item", equalTo(List.of("item-1", "item-2")));
    }

    @Test
    void usersCannotBeLookedUpWithoutADatabase() {
        assertProblem(get("/recommend?user=ada"), 503, "users cannot be looked up");
        get("/q/health/ready").statusCode(200).body("checks.find { it.name == 'store' }.data.database", equalTo("none"));
        get("/recommend?history=item-2&k=1").statusCode(200);
    }
}
