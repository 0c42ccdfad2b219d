package io.padrec.postgres;

import static io.padrec.postgres.Clusters.assertOneLine;
import static io.padrec.postgres.Clusters.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process holds the database, and ends in every way that a process can end. */
class KilledProcessTest {
    @TempDir
    Path folder;

    private Process holder;
    private String url;

    @BeforeEach
    void hold() throws IOException {
        Clusters.copyTo(folder);
        holder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), "-Dslf4j.internal.verbosity=ERROR", HoldsDatabase.class.getName(),
                folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        url = holder.inputReader(StandardCharsets.UTF_8).readLine();
    }

    @AfterEach
    void stopWhatIsLeft() throws InterruptedException {
        holder.destroyForcibly().waitFor();
        Postmaster.read(folder.resolve("cluster"))
                .ifPresent(postmaster -> new Server(folder, Binaries.unpacked()).stop(postmaster, false));
    }

    @Test
    void aFolderServesOneProcessAtATime() throws Exception {
        assertOneLine(folder, "in use by process " + holder.pid());
    }

    @Test
    void anotherProcessReachesTheServerAndLeavesItAlone() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.ofAnother(folder)) {
            assertEquals(url, database.jdbcUrl());
            assertEquals("committed", value(database, "SELECT word FROM kept"));
        }
        assertTrue(Postmaster.read(folder.resolve("cluster")).isPresent());
        holder.destroyForcibly().waitFor();
        assertTrue(EmbeddedDatabase.stopLeftBehind(folder));
        assertTrue(assertThrows(PadrecException.class, () -> EmbeddedDatabase.ofAnother(folder)).getMessage()
                .startsWith("no database runs in " + folder));
        Path none = folder.resolve("none");
        assertThrows(PadrecException.class, () -> EmbeddedDatabase.ofAnother(none));
        assertTrue(Files.notExists(none), "a folder was made for it");
    }

    @Test
    void aServerWhoseParentWasKilledIsTakenOver() throws Exception {
        holder.destroyForcibly().waitFor();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertEquals(url, database.jdbcUrl());
            assertEquals("committed", value(database, "SELECT word FROM kept"));
        }
        assertTrue(Postmaster.read(folder.resolve("cluster")).isEmpty());
    }

    @Test
    void aServerWhoseParentWasKilledIsStopped() throws Exception {
        assertThrows(PadrecException.class, () -> EmbeddedDatabase.stopLeftBehind(folder));
        ProcessHandle server = Postmaster.read(folder.resolve("cluster")).orElseThrow().process();
        holder.destroyForcibly().waitFor();

        assertTrue(EmbeddedDatabase.stopLeftBehind(folder));
        server.onExit().get(10, TimeUnit.SECONDS);
        assertFalse(EmbeddedDatabase.stopLeftBehind(folder));
    }

    @Test
    void aServerThatWasKilledTooRecoversWhatWasCommitted() throws Exception {
        ProcessHandle server = Postmaster.read(folder.resolve("cluster")).orElseThrow().process();
        holder.destroyForcibly().waitFor();
        server.destroyForcibly();
        server.onExit().get(10, TimeUnit.SECONDS);

        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertEquals("committed", value(database, "SELECT word FROM kept"));
        }
    }

    @Test
    void aServerStopsWithItsProcess() throws Exception {
        ProcessHandle server = Postmaster.read(folder.resolve("cluster")).orElseThrow().process();
        holder.getOutputStream().close();

        assertTrue(holder.waitFor(20, TimeUnit.SECONDS));
        server.onExit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aServerStopsWithAProcessThatIsAskedToEnd() throws Exception {
        ProcessHandle server = Postmaster.read(folder.resolve("cluster")).orElseThrow().process();
        holder.destroy();

        assertTrue(holder.waitFor(20, TimeUnit.SECONDS));
        server.onExit().get(10, TimeUnit.SECONDS);
    }
}
