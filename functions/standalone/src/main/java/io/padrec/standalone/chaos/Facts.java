package io.padrec.standalone.chaos;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a pass left in the database and among the artifacts.
 *
 * @param rows     rows of each table of content, and a hash of their content
 * @param snapshots hashes of the snapshots
 * @param runs     every run in its order: phase, state, bundle
 * @param attempts how often each run was claimed, by phase
 * @param told     events in the outbox, by type
 * @param unsent   events that did not leave
 * @param taken    events in the inbox
 * @param models   models, and promotions of them
 * @param bundles  SHA-256 of each file of each bundle
 */
record Facts(Map<String, String> rows, List<String> snapshots, List<String> runs, Map<String, Long> attempts, Map<String, Long> told,
        long unsent, long taken, List<String> models, Map<String, String> bundles) {
    private static final Map<String, String> CONTENT = Map.of(
            "items", "SELECT concat_ws('|', number, id, title) AS row FROM item",
            "users", "SELECT concat_ws('|', number, id) AS row FROM dataset_user",
            "interactions", "SELECT concat_ws('|', user_number, position, item_number) AS row FROM interaction",
            "vectors", "SELECT concat_ws('|', e.item_id, s.sha256, e.segment_row) AS row FROM embedding e "
                    + "JOIN embedding_segment s ON s.id = e.segment_id");

    static Facts of(Connection connection, Path artifacts) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        for (Map.Entry<String, String> table : CONTENT.entrySet()) {
            rows.put(table.getKey(), texts(connection, "SELECT count(*) || ' rows, md5 ' || md5(coalesce(string_agg(row, E'\\n' ORDER BY row), ''))"
                    + " FROM (" + table.getValue() + ") AS content").getFirst());
        }
        return new Facts(rows, texts(connection, "SELECT hash FROM snapshot ORDER BY hash"),
                texts(connection, "SELECT concat_ws(' ', id, state, bundle) FROM run ORDER BY created_at, id"),
                counts(connection, "SELECT phase, attempt FROM run"),
                counts(connection, "SELECT type, count(*) FROM outbox GROUP BY type"),
                number(connection, "SELECT count(*) FROM outbox WHERE sent_at IS NULL"),
                number(connection, "SELECT count(*) FROM inbox"),
                texts(connection, "SELECT concat_ws(' ', m.id, m.promoted, m.bundle, "
                        + "(SELECT count(*) FROM promotion p WHERE p.model_id = m.id)) FROM model m ORDER BY m.id"),
                bundles(artifacts.resolve("bundles")));
    }

    /** Whether nothing is on its way any more. */
    static boolean isQuiet(Connection connection) throws SQLException {
        return number(connection, "SELECT (SELECT count(*) FROM outbox WHERE sent_at IS NULL) "
                + "+ (SELECT count(*) FROM run WHERE state IN ('QUEUED', 'RUNNING'))") == 0;
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static Map<String, Long> counts(Connection connection, String sql) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(texts(connection, sql).getFirst());
    }

    private static Map<String, String> bundles(Path folder) {
        Map<String, String> hashes = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                hashes.put(folder.relativize(file).toString(), AtomicFiles.sha256(file));
            }
        } catch (IOException e) {
            throw new PadrecException("cannot read the bundles in " + folder + ": " + e, e);
        }
        return hashes;
    }
}
