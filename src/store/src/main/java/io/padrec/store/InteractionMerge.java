package io.padrec.store;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Interactions into a dataset: copied into a table of the transaction's own, then merged, users first. */
final class InteractionMerge {
    private static final String UNKNOWN = "NOT EXISTS (SELECT FROM item i WHERE i.dataset_id = ? AND i.id = u.item_id)";

    /**
     * @param added   interactions that were added
     * @param users   users that were added
     * @param unknown interactions whose item the dataset does not have
     */
    record Counts(long added, long users, long unknown) {
    }

    private InteractionMerge() {
    }

    /** @return how many rows were taken */
    static long copy(Connection connection, RowSource<InteractionRow> rows, Rejections rejections)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE uploaded_interaction (line bigint, user_id text, item_id text, "
                    + "occurred_at bigint) ON COMMIT DROP");
        }
        long taken = 0;
        try (BulkCopy copy = new BulkCopy(connection, "uploaded_interaction", "line", "user_id", "item_id", "occurred_at")) {
            for (InteractionRow row = rows.next(); row != null; row = rows.next()) {
                try {
                    Content.checkId("user id", row.user());
                    Content.checkId("item id", row.item());
                } catch (PadrecException e) {
                    rejections.add(row.line(), e.getMessage());
                    continue;
                }
                copy.row().bigint(row.line()).text(row.user()).text(row.item()).bigint(row.time());
                taken++;
            }
            copy.finish();
        }
        DatasetContents.analyze(connection, "uploaded_interaction");
        return taken;
    }

    static Counts merge(Connection connection, long dataset, Rejections rejections) throws SQLException {
        long unknown = reject(connection, dataset, rejections);
        long users = addUsers(connection, dataset);
        return new Counts(addInteractions(connection, dataset), users, unknown);
    }

    private static long reject(Connection connection, long dataset, Rejections rejections) throws SQLException {
        // Not DELETE ... RETURNING: the driver would hold all of it in memory, and an upload without its items is all of it.
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT u.line, u.item_id FROM uploaded_interaction u WHERE " + UNKNOWN + " ORDER BY u.line LIMIT ?")) {
            query.setLong(1, dataset);
            query.setInt(2, Rejections.KEPT);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    rejections.addUnknown(rows.getLong(1), rows.getString(2));
                }
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM uploaded_interaction u WHERE " + UNKNOWN)) {
            delete.setLong(1, dataset);
            long unknown = delete.executeLargeUpdate();
            rejections.countUnknown(unknown);
            return unknown;
        }
    }

    private static long addUsers(Connection connection, long dataset) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO dataset_user (dataset_id, number, id)
                SELECT ?, (SELECT coalesce(max(number), -1) FROM dataset_user WHERE dataset_id = ?)
                          + row_number() OVER (ORDER BY min(u.line)), u.user_id
                FROM uploaded_interaction u
                WHERE NOT EXISTS (SELECT FROM dataset_user d WHERE d.dataset_id = ? AND d.id = u.user_id)
                GROUP BY u.user_id""")) {
            insert.setLong(1, dataset);
            insert.setLong(2, dataset);
            insert.setLong(3, dataset);
            return insert.executeLargeUpdate();
        }
    }

    private static long addInteractions(Connection connection, long dataset) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                WITH numbered AS (
                    SELECT u.line, d.number AS user_number, i.number AS item_number, u.occurred_at,
                           row_number() OVER (PARTITION BY d.number, i.number, u.occurred_at ORDER BY u.line) AS copy
                    FROM uploaded_interaction u
                    JOIN dataset_user d ON d.dataset_id = ? AND d.id = u.user_id
                    JOIN item i ON i.dataset_id = ? AND i.id = u.item_id
                ), fresh AS (
                    SELECT * FROM numbered n
                    WHERE n.occurred_at IS NULL OR n.copy = 1 AND NOT EXISTS (
                        SELECT FROM interaction x WHERE x.dataset_id = ? AND x.user_number = n.user_number
                            AND x.item_number = n.item_number AND x.occurred_at = n.occurred_at)
                ), users AS (
                    SELECT f.user_number, (SELECT coalesce(max(x.position), -1) FROM interaction x
                                           WHERE x.dataset_id = ? AND x.user_number = f.user_number) AS last
                    FROM fresh f GROUP BY f.user_number
                )
                INSERT INTO interaction (dataset_id, user_number, position, item_number, occurred_at)
                SELECT ?, f.user_number,
                       users.last + row_number() OVER (PARTITION BY f.user_number ORDER BY f.occurred_at NULLS FIRST, f.line),
                       f.item_number, f.occurred_at
                FROM fresh f JOIN users USING (user_number)""")) {
            for (int parameter = 1; parameter <= 5; parameter++) {
                insert.setLong(parameter, dataset);
            }
            return insert.executeLargeUpdate();
        }
    }
}
