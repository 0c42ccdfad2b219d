package io.padrec.store;

import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class ModelsTest {
    @Inject
    Models models;

    @Inject
    Artifacts artifacts;

    @Inject
    Tables tables;

    @AfterEach
    void forget() {
        tables.run("DELETE FROM promotion");
        tables.run("DELETE FROM model");
    }

    @Test
    void noModelIsServedBeforeOneIsPromoted() throws IOException {
        Model model = register("first");

        assertEquals(Optional.empty(), models.promoted());
        assertEquals(Optional.of(model), models.find("first"));
        assertEquals(List.of(model), models.list());
        assertFalse(model.promoted());
    }

    @Test
    void oneModelIsServedAtATime() throws IOException {
        register("one");
        register("two");
        models.promote("one");
        assertEquals("one", models.promoted().orElseThrow().id());
        Model two = models.promote("two");

        assertTrue(two.promoted());
        assertEquals(Optional.of(two), models.promoted());
        assertFalse(models.find("one").orElseThrow().promoted());
        assertEquals(two, models.promote("two"));
    }

    @Test
    void anUnknownModelIsNotPromotedAndTheServedOneStays() throws IOException {
        register("served");
        models.promote("served");

        assertOneLine(() -> models.promote("nobody"), "no model 'nobody'");
        assertEquals("served", models.promoted().orElseThrow().id());
    }

    @Test
    void aModelRegisteredAgainTakesItsNewBundleAndStaysPromoted() throws IOException {
        Model old = register("same");
        models.promote("same");
        Model fresh = models.register("same", "sample", null, Examples.bundle("fresh", artifacts), Map.of("hr@10", 0.09));

        assertEquals("bundles/fresh", fresh.bundle());
        assertEquals(old.createdAt(), fresh.createdAt());
        assertEquals(Optional.of(fresh), models.promoted());
        assertEquals(Map.of("hr@10", 0.09), models.find("same").orElseThrow().metrics());
    }

    @Test
    void promotionsAtTheSameTimeEndWithOneModel() throws Exception {
        List<String> ids = List.of("p0", "p1", "p2", "p3");
        for (String id : ids) {
            register(id);
        }
        List<Callable<Model>> promotions = IntStream.range(0, 24)
                .<Callable<Model>>mapToObj(i -> () -> models.promote(ids.get(i % ids.size()))).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Model> promoted : threads.invokeAll(promotions)) {
                promoted.get();
            }
        }
        assertEquals(1, models.list().stream().filter(Model::promoted).count());
    }

    @Test
    void whatIsNotThereIsNotRegistered() throws IOException {
        String bundle = Examples.bundle("there", artifacts);

        assertOneLine(() -> models.register("m", "sample", "no-run", bundle, Map.of()), "'m'", "no run 'no-run'");
        assertOneLine(() -> models.register("m", "sample", null, "bundles/gone", Map.of()), "'m'", "no bundle");
        assertOneLine(() -> models.register("", "sample", null, bundle, Map.of()), "model id", "empty");
        assertOneLine(() -> models.register("m", "sample", null, "/etc", Map.of()), "'/etc'", "not the path");
        assertEquals(List.of(), models.list());
    }

    @Test
    void aPromotionIsToldOnceAndTakenBack() throws IOException {
        Promotion start = models.promote(register("blue").id(), none -> List.of());
        assertEquals(start, models.promote("blue", none -> List.of()), "it is served already, and none was before");
        Promotion green = models.promote(register("green").id(), ModelsTest::told);
        assertEquals("blue", green.previous());
        assertEquals(start.number() + 1, green.number());
        assertEquals(green, models.promote("green", ModelsTest::told), "it is served already");
        Promotion back = models.rollback(ModelsTest::told);

        assertEquals("blue", back.model().id());
        assertEquals("green", back.previous());
        assertEquals("blue", models.promoted().orElseThrow().id());
        assertEquals("green", models.rollback(ModelsTest::told).model().id(), "a rollback can be rolled back");
        assertEquals("3", tables.value("SELECT count(*) FROM outbox WHERE type = '" + EventTypes.MODEL_PROMOTED + "'"));
    }

    @Test
    void theFirstPromotionHasNothingBeforeIt() throws IOException {
        Promotion first = models.promote(register("first").id(), none -> List.of());

        assertNull(first.previous());
        assertEquals(first, models.promote("first", none -> List.of()), "it is served already");
        assertOneLine(() -> models.rollback(none -> List.of()), "no model to roll back to");
        assertEquals("first", models.promoted().orElseThrow().id());
    }

    private static List<Event> told(Promotion promotion) {
        return List.of(Event.now("model.promoted:" + promotion.number(), "/padrec/test", EventTypes.MODEL_PROMOTED,
                promotion.model().id(), Map.of(), null));
    }

    private Model register(String id) throws IOException {
        return models.register(id, "sample", null, Examples.bundle(id, artifacts), Map.of("hr@10", 0.08));
    }
}
