package io.padrec.store;

import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class SchemaTest {
    @Inject
    Schema schema;

    @Inject
    Tables tables;

    @Test
    void commitsAreDurable() {
        assertEquals("on", tables.value("SELECT current_setting('fsync')"));
        assertEquals("on", tables.value("SELECT current_setting('synchronous_commit')"));
        assertEquals("on", tables.value("SELECT current_setting('full_page_writes')"));
    }

    @Test
    void aSchemaThatIsUpToDateIsLeftAlone() {
        schema.migrate();

        assertEquals("5", tables.value("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    @Test
    void connectionsThatTheServerCutAreReplaced() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<String>> uses = Collections.nCopies(4, () -> tables.value("SELECT 1 FROM pg_sleep(0.05)"));
            threads.invokeAll(uses);
            tables.value("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                    + "WHERE usename = current_user AND pid <> pg_backend_pid()");
            for (Future<String> use : threads.invokeAll(uses)) {
                assertEquals("1", use.get());
            }
        }
    }

    @Test
    void aCommitThatFailsIsSaidInOneLine() {
        assertOneLine(tables::loseConnection, "the database at jdbc:postgresql://127.0.0.1", "; ");
        assertEquals("1", tables.value("SELECT 1"));
    }

    @Test
    void theTablesOfANewerPadrecAreUsedAsTheyAre() {
        tables.run("INSERT INTO flyway_schema_history SELECT 99, '99', 'from the future', 'SQL', 'V99__x.sql', 1, 'x', now(), 1, "
                + "true");
        try {
            schema.migrate();
            assertEquals("99", tables.value("SELECT max(version::int) FROM flyway_schema_history"));
        } finally {
            tables.run("DELETE FROM flyway_schema_history WHERE version = '99'");
        }
    }

    @Test
    void anAlteredMigrationIsRefusedInOneLine() {
        String checksum = tables.value("SELECT checksum FROM flyway_schema_history WHERE version = '1'");
        tables.run("UPDATE flyway_schema_history SET checksum = 0 WHERE version = '1'");
        try {
            assertOneLine(schema::migrate, "the tables of the database at jdbc:postgresql://127.0.0.1", "own");
        } finally {
            tables.run("UPDATE flyway_schema_history SET checksum = " + checksum + " WHERE version = '1'");
        }
    }
}
