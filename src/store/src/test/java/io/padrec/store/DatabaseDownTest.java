package io.padrec.store;

import static io.padrec.store.Lines.assertOneLine;

import io.padrec.core.Item;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DatabaseDownTest.Nowhere.class)
class DatabaseDownTest {
    private static final String ADDRESS = "jdbc:postgresql://127.0.0.1:1/padrec";

    /** An application that may start without its database, and does. */
    public static class Nowhere implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.datasource.jdbc.url", ADDRESS + "?password=secret", "padrec.store.required", "false");
        }
    }

    @Inject
    Datasets datasets;

    @Inject
    Snapshots snapshots;

    @Inject
    Models models;

    @Test
    void eachUseOfTheStoreSaysSoInOneLine() {
        assertOneLine(() -> datasets.history("sample", "u1"), "the database at " + ADDRESS + " does not answer",
                "refused", "start it or set quarkus.datasource.jdbc.url");
        assertOneLine(() -> datasets.save("sample", "", List.of(new Item("a", "A")), List.of()), "does not answer");
        assertOneLine(() -> snapshots.cut("sample", "tiny"), "does not answer");
        assertOneLine(models::promoted, "does not answer");
    }
}
