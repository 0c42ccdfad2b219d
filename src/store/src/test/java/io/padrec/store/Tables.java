package io.padrec.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hibernate.Session;

/** Looks behind the beans, for tests. */
@StoreAccess
@ApplicationScoped
class Tables {
    @Inject
    EntityManager entities;

    /** The transactions that wrote a dataset's rows: they change when a row is written again. */
    @Transactional
    List<String> versions(String table, String dataset) {
        return entities.createNativeQuery("SELECT t.xmin::text FROM " + table + " t JOIN dataset d ON d.id = t.dataset_id "
                + "WHERE d.name = ?1 ORDER BY 1", String.class).setParameter(1, dataset).getResultList().stream()
                .map(String.class::cast).toList();
    }

    @Transactional
    String value(String sql) {
        return String.valueOf(entities.createNativeQuery(sql, Object.class).getSingleResult());
    }

    @Transactional
    void run(String sql) {
        entities.createNativeQuery(sql).executeUpdate();
    }

    /** Loses its connection in the middle of a transaction, and the transaction does not notice before its commit. */
    @Transactional
    void loseConnection() {
        entities.unwrap(Session.class).doWork(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(pg_backend_pid())");
            } catch (SQLException e) {
                assertEquals("57P01", e.getSQLState());
            }
        });
    }
}
