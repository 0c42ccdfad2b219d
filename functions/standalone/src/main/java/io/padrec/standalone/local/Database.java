package io.padrec.standalone.local;

import io.padrec.core.PadrecException;
import io.padrec.postgres.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** The functions' PostgreSQL: an embedded one, which is started again where it dies, or one from elsewhere. */
final class Database implements AutoCloseable {
    private static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";
    private static final String USERNAME = "QUARKUS_DATASOURCE_USERNAME";
    private static final String PASSWORD = "QUARKUS_DATASOURCE_PASSWORD";
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final EmbeddedDatabase embedded;
    private final Happenings happenings;
    private final Thread watch;

    private Database(EmbeddedDatabase embedded, Happenings happenings) {
        this.embedded = embedded;
        this.happenings = happenings;
        this.watch = Thread.ofPlatform().name("padrec-postgres-watch").daemon().unstarted(this::keepAlive);
    }

    /**
     * Starts the embedded one, unless the environment names another.
     *
     * @throws PadrecException where it does not start
     */
    static Database open(Path folder, Happenings happenings) {
        if (System.getenv(URL) != null) {
            return new Database(null, happenings);
        }
        Database database = new Database(EmbeddedDatabase.start(folder), happenings);
        database.watch.start();
        return database;
    }

    /** What the functions find in their environment; of a database from elsewhere they inherit it. */
    Map<String, String> settings() {
        return embedded == null ? Map.of() : Map.of(URL, embedded.jdbcUrl(), USERNAME, embedded.username(), PASSWORD,
                embedded.password());
    }

    Connection connect() throws SQLException {
        Map<String, String> settings = embedded == null ? System.getenv() : settings();
        return DriverManager.getConnection(settings.get(URL), settings.get(USERNAME), settings.get(PASSWORD));
    }

    /** Where this process ends before it is closed, the embedded one stops after its users. */
    void stopAfter(Runnable users) {
        if (embedded != null) {
            embedded.stopAfter(users);
        }
    }

    /** Cuts all connections, stops it and starts it again. */
    void restart() {
        embedded.restart();
        happenings.say("PostgreSQL was restarted");
    }

    private void keepAlive() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                if (!embedded.isRunning()) {
                    revive();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void revive() {
        try {
            embedded.restart();
            happenings.say("PostgreSQL had died and was started again");
        } catch (PadrecException e) {
            happenings.say("PostgreSQL has died: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            watch.interrupt();
            embedded.close();
        }
    }
}
