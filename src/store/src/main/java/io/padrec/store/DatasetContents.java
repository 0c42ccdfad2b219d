package io.padrec.store;

import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of items, users and interactions, within the caller's transaction. */
@Singleton
class DatasetContents {
    private static final int FETCH = 10_000;

    /** Keeps everybody else's hands off this dataset's rows until the transaction ends. */
    void lockForWriting(String dataset) {
        lock("pg_advisory_xact_lock", "padrec.dataset." + dataset);
    }

    /** Keeps writers away until the transaction ends: what several queries read belongs together. */
    void lockForReading(String dataset) {
        lock("pg_advisory_xact_lock_shared", "padrec.dataset." + dataset);
    }

    void lock(String function, String what) {
        Panache.getSession().createNativeQuery("SELECT true FROM " + function + "(hashtextextended(?1, 0))", Boolean.class)
                .setParameter(1, what).getSingleResult();
    }

    /** Reads the row as others left it before the lock was had. */
    void refresh(DatasetRow row) {
        Panache.getSession().refresh(row);
    }

    void delete(long dataset) {
        // Interactions go before their users, or the foreign key would look for them user by user.
        for (String table : List.of("interaction", "dataset_user", "item")) {
            Panache.getSession().createNativeMutationQuery("DELETE FROM " + table + " WHERE dataset_id = ?1").setParameter(1, dataset)
                    .executeUpdate();
        }
    }

    void write(long dataset, Content content) {
        Panache.getSession().doWork(connection -> {
            try {
                copyItems(connection, dataset, content);
                copyUsers(connection, dataset, content);
                copyInteractions(connection, dataset, content);
                analyze(connection, "item, dataset_user, interaction");
            } catch (IOException e) {
                // The copy stream wraps what the server said.
                throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e);
            }
        });
    }

    /** After a bulk write: with the counts of before, the planner joins by loops within loops, which takes minutes. */
    static void analyze(Connection connection, String tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE " + tables);
        }
    }

    private static void copyItems(Connection connection, long dataset, Content content) throws SQLException, IOException {
        try (BulkCopy copy = new BulkCopy(connection, "item", "dataset_id", "number", "id", "title", "text")) {
            int number = 0;
            for (Item item : content.items()) {
                copy.row().bigint(dataset).integer(++number).text(item.id()).text(item.title())
                        .text(Content.ownText(item));
            }
            copy.finish();
        }
    }

    private static void copyUsers(Connection connection, long dataset, Content content) throws SQLException, IOException {
        try (BulkCopy copy = new BulkCopy(connection, "dataset_user", "dataset_id", "number", "id")) {
            for (int user = 0; user < content.users().size(); user++) {
                copy.row().bigint(dataset).integer(user).text(content.users().get(user));
            }
            copy.finish();
        }
    }

    private static void copyInteractions(Connection connection, long dataset, Content content)
            throws SQLException, IOException {
        try (BulkCopy copy = new BulkCopy(connection, "interaction", "dataset_id", "user_number", "position",
                "item_number", "occurred_at")) {
            for (int user = 0; user < content.users().size(); user++) {
                int[] history = content.histories().get(user);
                for (int position = 0; position < history.length; position++) {
                    copy.row().bigint(dataset).integer(user).integer(position).integer(history[position])
                            .bigint(content.time(user, position));
                }
            }
            copy.finish();
        }
    }

    List<Item> items(long dataset) {
        return Panache.getSession().doReturningWork(connection -> {
            List<Item> items = new ArrayList<>();
            try (PreparedStatement query = query(connection,
                    "SELECT i.id, i.title, " + EmbeddingRows.TEXT + " FROM item i WHERE dataset_id = ? ORDER BY number", dataset);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    items.add(new Item(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            return items;
        });
    }

    Histories histories(DatasetRow dataset, Catalogue catalogue) {
        int[] catalogueNumbers = catalogueNumbers(dataset, catalogue);
        return Panache.getSession().doReturningWork(connection -> {
            List<String> users = users(connection, dataset.id);
            int[] offsets = new int[users.size() + 1];
            int[] items = new int[dataset.interactions];
            long[] times = new long[dataset.interactions];
            boolean timed = dataset.interactions > 0;
            int size = 0;
            try (PreparedStatement query = query(connection, "SELECT user_number, item_number, occurred_at FROM interaction "
                    + "WHERE dataset_id = ? ORDER BY user_number, occurred_at NULLS FIRST, position", dataset.id);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    offsets[rows.getInt(1) + 1]++;
                    items[size] = catalogueNumbers[rows.getInt(2)];
                    times[size++] = rows.getLong(3);
                    timed &= !rows.wasNull();
                }
            }
            Arrays.parallelPrefix(offsets, Integer::sum);
            return new Histories(users, offsets, items, timed ? times : null);
        });
    }

    int longestHistory(long dataset) {
        return Panache.getSession().createNativeQuery("""
                SELECT coalesce(max(length), 0) FROM (SELECT count(*)::int AS length FROM interaction WHERE dataset_id = ?1
                                                      GROUP BY user_number) histories""", Integer.class)
                .setParameter(1, dataset).getSingleResult();
    }

    boolean isTimed(long dataset) {
        return Panache.getSession().createNativeQuery("""
                SELECT EXISTS (SELECT FROM interaction WHERE dataset_id = ?1)
                    AND NOT EXISTS (SELECT FROM interaction WHERE dataset_id = ?1 AND occurred_at IS NULL)""", Boolean.class)
                .setParameter(1, dataset).getSingleResult();
    }

    /** The catalogue's number of each item number of the dataset. */
    private int[] catalogueNumbers(DatasetRow dataset, Catalogue catalogue) {
        List<Item> items = items(dataset.id);
        int[] numbers = new int[items.size() + 1];
        for (int i = 0; i < items.size(); i++) {
            numbers[i + 1] = catalogue.number(items.get(i).id());
            if (numbers[i + 1] == 0) {
                throw new PadrecException("item '" + items.get(i).id() + "' of dataset '" + dataset.name
                        + "' is not in the catalogue: the dataset was replaced meanwhile; try again");
            }
        }
        return numbers;
    }

    private static List<String> users(Connection connection, long dataset) throws SQLException {
        List<String> users = new ArrayList<>();
        try (PreparedStatement query = query(connection,
                "SELECT id FROM dataset_user WHERE dataset_id = ? ORDER BY number", dataset);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                users.add(rows.getString(1));
            }
        }
        return users;
    }

    private static PreparedStatement query(Connection connection, String sql, long dataset) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setFetchSize(FETCH);
        query.setLong(1, dataset);
        return query;
    }
}
