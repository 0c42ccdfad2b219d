package io.padrec.serverless;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.main.Launch;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainTest;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusMainTest
@WithTestResource(StoreTestResource.class)
class MigrationTest {
    private static Properties before;

    /** As in production, where functions find their tables there, and have keys. */
    @BeforeAll
    static void configure() {
        before = (Properties) System.getProperties().clone();
        System.setProperty("padrec.store.migrate", "false");
        System.setProperty("padrec.auth.enabled", "true");
    }

    @AfterAll
    static void forget() {
        System.setProperties(before);
    }

    @Test
    @Launch("--migrate")
    void tablesAreMigratedAndThatIsAll(LaunchResult result) {
        assertTrue(result.getOutput().contains("The tables of the database are those of this padrec."), result.getOutput());
    }
}
