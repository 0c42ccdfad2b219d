package io.padrec.store;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Items into a dataset: copied into a table of the transaction's own, then merged in two statements. */
final class ItemMerge {
    /** One row for each id: the title of its last row, the place of its first. */
    private static final String LATEST = """
            (SELECT DISTINCT ON (id) id, title, min(line) OVER (PARTITION BY id) AS first
             FROM uploaded_item ORDER BY id, line DESC) latest""";

    /** Items that were added, and that got another title. */
    record Counts(long added, long changed) {
    }

    private ItemMerge() {
    }

    /** @return how many rows were taken */
    static long copy(Connection connection, RowSource<ItemRow> rows, Rejections rejections) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE uploaded_item (line bigint, id text, title text) ON COMMIT DROP");
        }
        long taken = 0;
        try (BulkCopy copy = new BulkCopy(connection, "uploaded_item", "line", "id", "title")) {
            for (ItemRow row = rows.next(); row != null; row = rows.next()) {
                try {
                    Content.checkId("item id", row.id());
                    Content.checkTitle(row.title());
                } catch (PadrecException e) {
                    rejections.add(row.line(), e.getMessage());
                    continue;
                }
                copy.row().bigint(row.line()).text(row.id()).text(Content.clean(row.title()));
                taken++;
            }
            copy.finish();
        }
        DatasetContents.analyze(connection, "uploaded_item");
        return taken;
    }

    static Counts merge(Connection connection, long dataset) throws SQLException {
        long changed;
        try (PreparedStatement update = connection.prepareStatement("UPDATE item i SET title = latest.title FROM " + LATEST
                + " WHERE i.dataset_id = ? AND i.id = latest.id AND i.title <> latest.title")) {
            update.setLong(1, dataset);
            changed = update.executeLargeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO item (dataset_id, number, id, title)
                SELECT ?, (SELECT coalesce(max(number), 0) FROM item WHERE dataset_id = ?)
                          + row_number() OVER (ORDER BY latest.first), latest.id, latest.title
                FROM %s
                WHERE NOT EXISTS (SELECT FROM item i WHERE i.dataset_id = ? AND i.id = latest.id)""".formatted(LATEST))) {
            insert.setLong(1, dataset);
            insert.setLong(2, dataset);
            insert.setLong(3, dataset);
            return new Counts(insert.executeLargeUpdate(), changed);
        }
    }
}
