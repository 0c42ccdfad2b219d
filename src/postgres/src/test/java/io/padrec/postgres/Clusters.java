package io.padrec.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Database folders for tests, and a look into them. */
final class Clusters {
    private static Path made;

    private Clusters() {
    }

    /** Fills the folder as a start and a stop would, but faster. */
    static synchronized void copyTo(Path folder) throws IOException {
        if (made == null) {
            Path first = Files.createTempDirectory("padrec-cluster");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(first)));
            EmbeddedDatabase.start(first).close();
            made = first;
        }
        try (Stream<Path> paths = Files.walk(made)) {
            for (Path path : paths.filter(path -> !path.equals(made)).toList()) {
                Path copy = folder.resolve(made.relativize(path));
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database)) {
            connection.createStatement().execute(sql);
        }
    }

    static String value(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database); ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Asserts that a start in the folder is refused with one clear line. */
    static void assertOneLine(Path folder, String... parts) {
        String line = assertThrows(PadrecException.class, () -> EmbeddedDatabase.start(folder)).getMessage();
        assertEquals(1, line.lines().count(), line);
        for (String part : parts) {
            assertTrue(line.contains(part), line);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static void delete(Path folder) {
        try {
            AtomicFiles.deleteAll(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
