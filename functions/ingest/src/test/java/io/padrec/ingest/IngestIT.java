package io.padrec.ingest;

import static io.padrec.ingest.IngestProcess.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.postgres.EmbeddedDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged function with little memory. */
class IngestIT {
    private static final int LINES = 100_000;
    private static final Map<String, String> WITHOUT_VECTORS = Map.of("PADREC_EMBED_ENABLED", "false");

    @TempDir
    static Path folder;

    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(folder.resolve("postgres"));
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        AtomicFiles.deleteAll(folder.resolve("postgres"));
    }

    @Test
    void manyLinesPassThroughLittleMemoryAndNoneIsLostOrDoubled() throws Exception {
        schema("many");
        try (IngestProcess ingest = IngestProcess.start(folder, database, "many", "256m", WITHOUT_VECTORS).awaitReady()) {
            assertThrows(IOException.class, () -> ingest.post("/items?dataset=shop", "many-1", ManyLines.cut(LINES, LINES / 2)));
            assertEquals(List.of(), json(ingest.get("/datasets")).get("datasets"));

            long began = System.nanoTime();
            HttpResponse<String> answer = ingest.post("/items?dataset=shop", "many-1", ManyLines.of(LINES));
            System.out.printf("%d lines in %d ms, with 256 MB of heap and %s of memory%n", LINES,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), ingest.mostMemory());
            Map<String, Object> receipt = json(answer);
            List<Long> bad = ManyLines.bad(LINES);
            assertEquals(bad, ((List<?>) receipt.get("problems")).stream().map(problem -> ((Map<?, ?>) problem).get("line"))
                    .toList());
            assertEquals((long) LINES, receipt.get("received"));
            assertEquals((long) LINES - bad.size(), receipt.get("added"));
            assertEquals((long) bad.size(), receipt.get("rejected"));
            assertStored(LINES - bad.size());

            assertEquals(answer.body(), ingest.post("/items?dataset=shop", "many-1", ManyLines.of(LINES)).body());
            assertStored(LINES - bad.size());
            ingest.stop();
        }
    }

    @Test
    void titlesAreEncodedWithinTheSameHeapAsUploads() throws Exception {
        schema("vectors");
        StringBuilder items = new StringBuilder();
        for (int i = 1; i <= 2000; i++) {
            items.append("{\"id\":\"i").append(i).append("\",\"title\":\"").append(ManyLines.title(i)).append("\"}\n");
        }
        byte[] lines = items.toString().getBytes(StandardCharsets.UTF_8);
        try (IngestProcess ingest = IngestProcess.start(folder, database, "vectors", "512m", Map.of()).awaitReady()) {
            long began = System.nanoTime();
            json(ingest.post("/items?dataset=shop", "vectors-1", new ByteArrayInputStream(lines)));
            for (long waiting = 2000; waiting > 0; waiting = waiting(ingest)) {
                Thread.sleep(200);
            }
            System.out.printf("2000 titles encoded in %d ms, with 512 MB of heap and %s of memory%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), ingest.mostMemory());
            // In the middle of the next segment.
            json(ingest.post("/items?dataset=other", "vectors-2", new ByteArrayInputStream(lines)));
            Thread.sleep(500);
            ingest.stop();
            assertTrue(ingest.log().lines().noneMatch(line -> line.contains("ERROR")), ingest.log());
        }
    }

    @Test
    void theDatabaseIsMigratedByAProcessThatDoesNothingElse() throws Exception {
        schema("migrated");
        Map<String, String> production = Map.of("PADREC_STORE_MIGRATE", "false");
        Process migration = migrate("migrated", production);
        String said = said(migration);
        assertEquals(0, migration.exitValue(), said);
        assertTrue(said.contains("The tables of the database are those of this padrec"), said);
        try (IngestProcess ingest = IngestProcess.start(folder, database, "migrated", "256m", production).awaitReady()) {
            ingest.stop();
        }

        Map<String, String> away = new HashMap<>(production);
        away.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/padrec");
        Process failed = migrate("migrated", away);
        String why = said(failed);
        assertEquals(1, failed.exitValue(), why);
        List<String> errors = why.lines().filter(line -> line.contains("\"ERROR\"")).toList();
        assertEquals(1, errors.size(), why);
        assertTrue(errors.getFirst().contains("127.0.0.1:1/padrec does not answer"), why);
    }

    private static Process migrate(String schema, Map<String, String> settings) throws IOException {
        ProcessBuilder builder = IngestProcess.command(folder, database, schema, "256m", "--migrate");
        builder.environment().remove("PADREC_AUTH_KEYS");
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static String said(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        return said;
    }

    private static long waiting(IngestProcess ingest) throws IOException, InterruptedException {
        List<?> datasets = (List<?>) json(ingest.get("/datasets")).get("datasets");
        return (Long) ((Map<?, ?>) datasets.getFirst()).get("waiting");
    }

    private static void assertStored(int items) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), count(DISTINCT id) FROM many.item"
                        + " WHERE id = 'i' || substring(title FROM 'number (\\d+) ')")) {
            row.next();
            assertEquals(items, row.getInt(1));
            assertEquals(items, row.getInt(2));
        }
    }

    /** As if it were a database of its own. */
    private static void schema(String name) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
