package io.padrec.store.testing;

import io.padrec.core.AtomicFiles;
import io.padrec.postgres.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An empty store for a test class: {@code @WithTestResource(StoreTestResource.class)}. A real PostgreSQL and an artifact
 * folder, both gone at the end. The test needs {@code padrec-postgres} on its class path.
 */
public final class StoreTestResource implements QuarkusTestResourceLifecycleManager {
    private Path folder;
    private EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("padrec-store");
            database = EmbeddedDatabase.start(folder.resolve("postgres"));
            return Map.of("quarkus.datasource.jdbc.url", database.jdbcUrl(),
                    "quarkus.datasource.username", database.username(),
                    "quarkus.datasource.password", database.password(),
                    "padrec.artifacts", folder.resolve("artifacts").toString(),
                    "padrec.artifacts.cache", folder.resolve("cache").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (database != null) {
                database.close();
            }
            AtomicFiles.deleteAll(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
