package io.padrec.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/** A program to kill: starts the database of a folder, commits a row, says so, and holds on until its input ends. */
final class HoldsDatabase {
    private HoldsDatabase() {
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            connection.createStatement().execute("CREATE TABLE kept AS SELECT 'committed' AS word");
        }
        System.out.println(database.jdbcUrl());
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }
}
