package io.padrec.store;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Queries by JDBC alone, within the caller's transaction. What a server of recommendations asks goes this way: it starts in
 * four fifths of the time where Hibernate is not enabled. What an entity has not flushed yet is not seen.
 */
@Singleton
class Reads {
    private static final int FETCH = 10_000;

    /** What one row is read into. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    @Inject
    Instance<DataSource> source;

    /** @param parameters values that the driver takes as they are; a String[] is an array of text */
    <T> void each(Consumer<T> taking, Row<T> row, String sql, Object... parameters) {
        try (Connection connection = source.get().getConnection(); PreparedStatement query = connection.prepareStatement(sql)) {
            query.setFetchSize(FETCH);
            for (int p = 0; p < parameters.length; p++) {
                query.setObject(p + 1, parameters[p] instanceof String[] texts ? connection.createArrayOf("text", texts)
                        : parameters[p]);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    taking.accept(row.of(rows));
                }
            }
        } catch (SQLException e) {
            // The interceptor of the store's beans says what it can of the cause.
            throw new IllegalStateException("the database did not answer: " + e.getMessage(), e);
        }
    }

    <T> List<T> list(Row<T> row, String sql, Object... parameters) {
        List<T> read = new ArrayList<>();
        each(read::add, row, sql, parameters);
        return read;
    }

    <T> Optional<T> first(Row<T> row, String sql, Object... parameters) {
        return list(row, sql, parameters).stream().findFirst();
    }
}
