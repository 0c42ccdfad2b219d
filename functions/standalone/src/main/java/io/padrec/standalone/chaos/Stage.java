package io.padrec.standalone.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** How far the pipeline is, named after the function whose turn it is. */
enum Stage {
    INGEST, PRETRAIN, ALIGN, FINETUNE, RECOMMEND;

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first phase that has not succeeded; ingest before the first run, recommend after the last. */
    static Stage of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(
                "SELECT count(*), count(*) FILTER (WHERE state = 'SUCCEEDED') FROM run")) {
            row.next();
            return row.getInt(1) == 0 ? INGEST : values()[1 + row.getInt(2)];
        }
    }

    /** Who holds this stage's run, by the store's name for it, which has the process's number in it; empty where nobody does. */
    String owner(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT coalesce(max(lease_owner), '') FROM run WHERE phase = ? AND state = 'RUNNING'")) {
            statement.setString(1, title());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
