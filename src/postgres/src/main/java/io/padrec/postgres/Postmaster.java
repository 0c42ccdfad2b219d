package io.padrec.postgres;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A server that runs, as the file {@code postmaster.pid} of its cluster names it. */
record Postmaster(ProcessHandle process, int port, boolean ready) {
    private static final String FILE = "postmaster.pid";
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * The server of {@code cluster}, once it takes connections; empty where none runs.
     *
     * @throws PadrecException where one runs but does not answer
     */
    static Optional<Postmaster> running(Path cluster, Credentials credentials) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<Postmaster> postmaster = read(cluster);
        // It may be in recovery, or about to stop.
        while (postmaster.isPresent() && !postmaster.get().answers(credentials)) {
            if (System.nanoTime() > deadline) {
                throw new PadrecException("the PostgreSQL server of " + cluster + " (process "
                        + postmaster.get().process.pid() + ") runs but does not answer; stop it with 'kill "
                        + postmaster.get().process.pid() + "' and start again");
            }
            pause();
            postmaster = read(cluster);
        }
        return postmaster;
    }

    /** What the file names, where that process is alive and is this cluster's server. */
    static Optional<Postmaster> read(Path cluster) {
        Path file = cluster.resolve(FILE);
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(lines.get(PID_LINE).strip()))
                    .filter(ProcessHandle::isAlive);
            if (process.isPresent() && !serves(process.get(), cluster)) {
                // After a reboot the number may be another program's; PostgreSQL would take that one for its old server
                // and refuse to start.
                Files.delete(file);
                return Optional.empty();
            }
            boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return process.map(p -> new Postmaster(p, Integer.parseInt(lines.get(PORT_LINE).strip()), ready));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new PadrecException("cannot read " + file + ": " + e + "; make sure no PostgreSQL runs there, remove the "
                    + "file and start again", e);
        }
    }

    /** Where the system does not show a process's command line, the pid file is believed. */
    private static boolean serves(ProcessHandle process, Path cluster) {
        return process.info().arguments().map(arguments -> List.of(arguments).contains(cluster.toString())).orElse(true);
    }

    private boolean answers(Credentials credentials) {
        if (!ready) {
            return false;
        }
        try (Connection connection = credentials.connect(port)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            // Not yet, or no longer: the caller asks again until its patience ends, and says so then.
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PadrecException("stopped while waiting for the database", e);
        }
    }
}
