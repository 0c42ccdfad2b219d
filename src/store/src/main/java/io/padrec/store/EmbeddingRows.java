package io.padrec.store;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which item's vector stands in which row of which segment. A text's hash is computed by PostgreSQL alone. */
@Singleton
class EmbeddingRows {
    private static final String HASH = "sha256(convert_to(%s, 'UTF8'))";
    /** What is encoded of an item {@code i}. */
    static final String TEXT = "coalesce(nullif(i.text, ''), i.title)";
    /** Joins an item {@code i} with the vector {@code e} of its present text; its parameter is the encoder. */
    static final String CURRENT = "e.dataset_id = i.dataset_id AND e.item_id = i.id AND e.encoder = ? "
            + "AND e.text_hash = " + HASH.formatted(TEXT);

    private static final String MISSING = "FROM item i LEFT JOIN embedding e ON " + CURRENT
            + " WHERE i.dataset_id = ? AND (e.item_id IS NULL OR e.segment_id = ANY (?))";

    /** Where an item's vector stands. */
    record Place(String item, long segment, String sha256, int width, int row) {
    }

    @Inject
    Reads reads;

    /** Items without a vector of their present text outside the segments {@code gone}, in import order, at most so many. */
    List<Item> missing(long dataset, String encoder, List<Long> gone, int most) {
        return Panache.getSession().doReturningWork(connection -> {
            List<Item> items = new ArrayList<>();
            try (PreparedStatement query = missing(connection, "SELECT i.id, i.title, " + TEXT + " " + MISSING
                    + " ORDER BY i.number LIMIT ?", dataset, encoder, gone)) {
                query.setInt(4, most);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        items.add(new Item(rows.getString(1), rows.getString(2), rows.getString(3)));
                    }
                }
            }
            return items;
        });
    }

    /** How many items are {@link #missing}. */
    long waiting(long dataset, String encoder, List<Long> gone) {
        return Panache.getSession().doReturningWork(connection -> {
            try (PreparedStatement query = missing(connection, "SELECT count(*) " + MISSING, dataset, encoder, gone);
                    ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static PreparedStatement missing(Connection connection, String sql, long dataset, String encoder, List<Long> gone)
            throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setString(1, encoder);
        query.setLong(2, dataset);
        query.setArray(3, connection.createArrayOf("bigint", gone.toArray()));
        return query;
    }

    /** @throws PadrecException where there is no such dataset */
    long dataset(String name) {
        return reads.first(row -> row.getLong(1), "SELECT id FROM dataset WHERE name = ?", name)
                .orElseThrow(() -> DatasetRow.unknown(name));
    }

    /**
     * The places of vectors that belong to a present text, segment by segment.
     *
     * @param ids of which items; null for all
     */
    List<Place> places(long dataset, String encoder, List<String> ids) {
        return reads.list(row -> new Place(row.getString(1), row.getLong(2), row.getString(3), row.getInt(4), row.getInt(5)),
                "SELECT i.id, s.id, s.sha256, s.width, e.segment_row FROM item i JOIN embedding e ON " + CURRENT
                        + " JOIN embedding_segment s ON s.id = e.segment_id WHERE i.dataset_id = ? AND (? OR i.id = ANY (?)) "
                        + "ORDER BY s.id, e.segment_row",
                encoder, dataset, ids == null, (ids == null ? List.<String>of() : ids).toArray(String[]::new));
    }

    /** Says that row r of the segment is the vector of item r. */
    void point(SegmentRow segment, List<Item> items, long revision) {
        String sql = "INSERT INTO embedding (dataset_id, encoder, item_id, text_hash, segment_id, segment_row, revision) "
                + "SELECT ?, ?, t.id, " + HASH.formatted("t.text") + ", ?, t.row, ? "
                + "FROM unnest(?::text[], ?::text[], ?::integer[]) AS t(id, text, row) "
                + "ON CONFLICT (dataset_id, encoder, item_id) DO UPDATE SET text_hash = excluded.text_hash, "
                + "segment_id = excluded.segment_id, segment_row = excluded.segment_row, revision = excluded.revision";
        Panache.getSession().doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setLong(1, segment.datasetId);
                insert.setString(2, segment.encoder);
                insert.setLong(3, segment.id);
                insert.setLong(4, revision);
                insert.setArray(5, texts(connection, items.stream().map(Item::id).toList()));
                insert.setArray(6, texts(connection, items.stream().map(item -> Content.clean(item.text())).toList()));
                insert.setArray(7, connection.createArrayOf("integer", IntStream.range(0, items.size()).boxed().toArray()));
                insert.executeUpdate();
            }
            DatasetContents.analyze(connection, "embedding");
        });
    }

    private static java.sql.Array texts(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
