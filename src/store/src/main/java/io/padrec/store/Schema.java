package io.padrec.store;

import io.padrec.core.PadrecException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jboss.logging.Logger;

/** Makes and migrates the tables, once, where it may, and refuses a database that this padrec cannot work with. */
@Singleton
class Schema {
    private static final Logger LOG = Logger.getLogger(Schema.class);
    private static final int MIN_VERSION = 15;
    private static final int BEFORE_APPLICATION = 100;

    @Inject
    Instance<Flyway> flyway;

    @Inject
    Instance<DataSource> source;

    @Inject
    Outages outages;

    @ConfigProperty(name = "padrec.store.active")
    boolean active;

    @ConfigProperty(name = "padrec.store.required")
    boolean required;

    @ConfigProperty(name = "padrec.store.migrate")
    boolean migrates;

    private volatile boolean ready;

    void atStart(@Observes @Priority(BEFORE_APPLICATION) StartupEvent event) {
        // Where it is not required nobody waits for it at start: the first who needs the store does.
        if (required) {
            ready();
        }
    }

    /** @throws PadrecException where there is no database, it is down, too old, or has the tables of a newer padrec */
    void ready() {
        if (ready) {
            return;
        }
        synchronized (this) {
            if (!ready) {
                prepareOutsideTransactions();
                ready = true;
            }
        }
    }

    /** The first who needs the store may be in a transaction, in which tables cannot be migrated. */
    private void prepareOutsideTransactions() {
        try {
            QuarkusTransaction.suspendingExisting().run(() -> prepare(migrates));
        } catch (QuarkusTransactionException e) {
            throw e.getCause() instanceof PadrecException known ? known : e;
        }
    }

    /** Makes and migrates the tables, whatever {@code padrec.store.migrate} says. */
    void migrate() {
        prepare(true);
    }

    private void prepare(boolean migrating) {
        if (!active) {
            throw new PadrecException("this process has no database (padrec.store.active=false)");
        }
        try {
            checkServer();
            warnOfNewer();
            if (migrating) {
                flyway.get().migrate();
            } else {
                checkUpToDate();
            }
        } catch (SQLException | FlywayException e) {
            if (outages.explain(e) instanceof PadrecException outage) {
                throw outage;
            }
            throw new PadrecException("the tables of the database " + outages.place() + " cannot be brought up to date: "
                    + firstLine(e) + "; use a database of padrec's own", e);
        }
    }

    private void checkServer() throws SQLException {
        try (Connection connection = source.get().getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('server_version_num')::int / 10000, "
                        + "current_setting('server_encoding')")) {
            row.next();
            if (row.getInt(1) < MIN_VERSION || !row.getString(2).equals("UTF8")) {
                throw new PadrecException("the database " + outages.place() + " is PostgreSQL " + row.getInt(1)
                        + " with encoding " + row.getString(2) + "; padrec needs PostgreSQL " + MIN_VERSION
                        + " or later with UTF8");
            }
        }
    }

    /** A database may run ahead of its program: migrations only add, so that a deployment can be rolled back. */
    private void warnOfNewer() {
        Arrays.stream(flyway.get().info().all()).filter(migration -> migration.getState().name().startsWith("FUTURE"))
                .reduce((earlier, later) -> later).ifPresent(newest -> LOG.warnf(
                        "The database %s has the tables of a newer padrec (version %s).", outages.place(), newest.getVersion()));
    }

    private void checkUpToDate() {
        MigrationInfo[] pending = flyway.get().info().pending();
        if (pending.length > 0) {
            throw new PadrecException("the database " + outages.place() + " lacks " + pending.length + " of padrec's migrations (up to "
                    + "version " + pending[pending.length - 1].getVersion() + "), and this process must not make them "
                    + "(padrec.store.migrate=false); run the migration job first");
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().filter(line -> !line.isBlank()).findFirst().orElse(e.toString());
    }
}
