package io.padrec.postgres;

import static io.padrec.postgres.Clusters.assertOneLine;
import static io.padrec.postgres.Clusters.execute;
import static io.padrec.postgres.Clusters.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void choose() {
        // As awkward as a home folder may be.
        folder = temporary.resolve("it's my home").resolve("postgres");
    }

    @Test
    void whatWasCommittedIsThereAfterAStop() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            execute(database, "CREATE TABLE kept AS SELECT 'committed' AS word");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertEquals("committed", value(database, "SELECT word FROM kept"));
        }
        assertTrue(Postmaster.read(folder.resolve("cluster")).isEmpty());
    }

    @Test
    void restartedItIsAtTheSameAddress() throws Exception {
        Clusters.copyTo(folder);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            String url = database.jdbcUrl();
            execute(database, "CREATE TABLE kept AS SELECT 'committed' AS word");
            database.restart();
            assertTrue(database.isRunning());
            assertEquals(url, database.jdbcUrl());
            assertEquals("committed", value(database, "SELECT word FROM kept"));
        }
    }

    @Test
    void aServerThatWasKilledIsMissedAndRestarted() throws Exception {
        Clusters.copyTo(folder);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            execute(database, "CREATE TABLE kept AS SELECT 'committed' AS word");
            ProcessHandle server = Postmaster.read(folder.resolve("cluster")).orElseThrow().process();
            server.destroyForcibly();
            server.onExit().get(10, TimeUnit.SECONDS);
            assertFalse(database.isRunning());
            database.restart();
            assertEquals("committed", value(database, "SELECT word FROM kept"));
        }
    }

    @Test
    void commitsAreDurable() throws SQLException, IOException {
        Clusters.copyTo(folder);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertEquals("on", value(database, "SHOW " + setting), setting);
            }
        }
    }

    @Test
    void onlyThisMachineAndOnlyWithThePasswordMayEnter() throws SQLException, IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertEquals("127.0.0.1", value(database, "SHOW listen_addresses"));
            assertEquals("f", value(database, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"));
            assertThrows(SQLException.class, () -> DriverManager.getConnection(database.jdbcUrl(), "padrec", "guess"));
            assertThrows(SQLException.class, () -> DriverManager.getConnection(database.jdbcUrl(), "postgres", ""));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            assertEquals("rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))));
        }
    }

    @Test
    void aFolderServesOnceInAProcess() throws Exception {
        Clusters.copyTo(folder);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertOneLine(folder, "in use by process " + ProcessHandle.current().pid());
            assertEquals("1", value(database, "SELECT 1"));
        }
    }

    @Test
    void aPidFileOfAnotherProgramIsNoServer() throws SQLException, IOException {
        Clusters.copyTo(folder);
        String mine = Long.toString(ProcessHandle.current().pid());
        Files.write(folder.resolve("cluster/postmaster.pid"), List.of(mine, "x", "1", "5432", "", "", "", "ready"));

        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertEquals("1", value(database, "SELECT 1"));
        }
    }

    @Test
    void aCreationThatWasCutOffIsBegunAgain() throws SQLException, IOException {
        Files.createDirectories(folder.resolve(".cluster.cut-off.tmp/base"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertEquals("1", value(database, "SELECT 1"));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertTrue(left.noneMatch(path -> path.toString().endsWith(".tmp")));
        }
    }

    @Test
    void aRoleOrDatabaseThatWasNotMadeYetIsMade() throws SQLException, IOException {
        Clusters.copyTo(folder);
        EmbeddedDatabase first = EmbeddedDatabase.start(folder);
        int port = Postmaster.read(folder.resolve("cluster")).orElseThrow().port();
        try (Connection superuser = Credentials.of(folder, folder.resolve("cluster")).connect(port)) {
            superuser.createStatement().execute("DROP DATABASE padrec");
            superuser.createStatement().execute("DROP ROLE padrec");
        }
        first.close();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertEquals("padrec", value(database, "SELECT current_database()"));
        }
    }

    @Test
    void eachFolderIsADatabaseOfItsOwn() throws IOException {
        Clusters.copyTo(folder);
        try (EmbeddedDatabase one = EmbeddedDatabase.start(folder);
                EmbeddedDatabase other = EmbeddedDatabase.start(temporary.resolve("other"))) {
            assertNotEquals(one.password(), other.password());
            assertNotEquals(one.jdbcUrl(), other.jdbcUrl());
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidInOneLine() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file");
        assertOneLine(folder, "cannot use the database folder " + folder);
        Files.delete(folder);
    }

    @Test
    void aLostPasswordIsSaidInOneLine() throws IOException {
        Clusters.copyTo(folder);
        Files.delete(folder.resolve("password"));

        assertOneLine(folder, "password is missing");
    }

    @Test
    void aClusterThatDoesNotStartSaysWhyInOneLine() throws IOException {
        Clusters.copyTo(folder);
        Files.writeString(folder.resolve("cluster/PG_VERSION"), "12\n");

        assertOneLine(folder, "does not start", "initialized by PostgreSQL version 12");
        Files.writeString(folder.resolve("cluster/PG_VERSION"), "18\n");
        EmbeddedDatabase.start(folder).close();
    }
}
