package io.padrec.store;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Items into a dataset: copied into a table of the transaction's own, then merged in two statements. */
final class ItemMerge {
    /** Between categories while they are copied; {@link Content} lets no name hold it. */
    private static final String SEPARATOR = "\u001f";
    /** One row for each id: what its rows say together, the later before the earlier; the place of its first. */
    private static final String LATEST = """
            (SELECT id, min(line) AS first,
                    (array_agg(title ORDER BY line DESC) FILTER (WHERE title IS NOT NULL))[1] AS title,
                    string_to_array((array_agg(categories ORDER BY line DESC) FILTER (WHERE categories IS NOT NULL))[1],
                                    chr(31)) AS categories,
                    (array_agg(available ORDER BY line DESC) FILTER (WHERE available IS NOT NULL))[1] AS available,
                    (array_agg(text ORDER BY line DESC) FILTER (WHERE text IS NOT NULL))[1] AS text
             FROM uploaded_item GROUP BY id) latest""";

    /** Items that were added, and of which something else is said now. */
    record Counts(long added, long changed) {
    }

    private ItemMerge() {
    }

    /** @return how many rows were taken */
    static long copy(Connection connection, RowSource<ItemRow> rows, Rejections rejections) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE uploaded_item (line bigint, id text, title text, categories text, "
                    + "available boolean, text text) ON COMMIT DROP");
        }
        long taken = 0;
        try (BulkCopy copy = new BulkCopy(connection, "uploaded_item", "line", "id", "title", "categories",
                "available", "text")) {
            for (ItemRow row = rows.next(); row != null; row = rows.next()) {
                try {
                    Content.checkId("item id", row.id());
                    Content.checkText("title", row.title());
                    Content.checkText("text", row.text());
                    Content.checkCategories(row.categories());
                } catch (PadrecException e) {
                    rejections.add(row.line(), e.getMessage());
                    continue;
                }
                copy.row().bigint(row.line()).text(row.id()).text(row.title() == null ? null : Content.clean(row.title()))
                        .text(row.categories() == null ? null : String.join(SEPARATOR, row.categories())).bool(row.available())
                        .text(row.text() == null ? null : Content.clean(row.text()));
                taken++;
            }
            copy.finish();
        }
        DatasetContents.analyze(connection, "uploaded_item");
        return taken;
    }

    /** @param revision the dataset's, for the items that are added or changed */
    static Counts merge(Connection connection, long dataset, long revision) throws SQLException {
        long changed;
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE item i SET revision = ?, title = coalesce(latest.title, i.title),
                                  categories = coalesce(latest.categories, i.categories),
                                  available = coalesce(latest.available, i.available),
                                  text = coalesce(latest.text, i.text)
                FROM %s WHERE i.dataset_id = ? AND i.id = latest.id
                    AND (i.title <> latest.title OR i.categories <> latest.categories OR i.available <> latest.available
                         OR i.text <> latest.text)"""
                .formatted(LATEST))) {
            update.setLong(1, revision);
            update.setLong(2, dataset);
            changed = update.executeLargeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO item (dataset_id, number, id, title, categories, available, revision, text)
                SELECT ?, (SELECT coalesce(max(number), 0) FROM item WHERE dataset_id = ?)
                          + row_number() OVER (ORDER BY latest.first), latest.id, coalesce(latest.title, ''),
                       coalesce(latest.categories, '{}'), coalesce(latest.available, true), ?,
                       coalesce(latest.text, '')
                FROM %s
                WHERE NOT EXISTS (SELECT FROM item i WHERE i.dataset_id = ? AND i.id = latest.id)""".formatted(LATEST))) {
            insert.setLong(1, dataset);
            insert.setLong(2, dataset);
            insert.setLong(3, revision);
            insert.setLong(4, dataset);
            return new Counts(insert.executeLargeUpdate(), changed);
        }
    }
}
