package io.padrec.postgres;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's programs at work on one cluster: {@code initdb} and {@code pg_ctl}. */
final class Server {
    private static final int ATTEMPTS = 3;
    private static final int START_SECONDS = 300;
    private static final int LEAVE_SECONDS = 5;
    private static final int STOP_SECONDS = 60;
    private static final long LOG_BYTES = 8 << 20;

    private final Path cluster;
    private final Path log;
    private final Path programs;

    Server(Path folder, Path programs) {
        this.cluster = folder.resolve("cluster");
        this.log = folder.resolve("log");
        this.programs = programs.resolve("bin");
    }

    Path cluster() {
        return cluster;
    }

    /** Creates the cluster where it is missing; a creation that was cut off leaves none. */
    void create(Path passwordFile) {
        if (Files.exists(cluster)) {
            return;
        }
        deleteUnfinished();
        AtomicFiles.write(cluster, temporary -> initialise(temporary, passwordFile));
    }

    private void initialise(Path folder, Path passwordFile) {
        try {
            // AtomicFiles syncs the files. Locale C and UTF-8: text sorts alike on every machine.
            run("initdb", List.of("-D", folder.toString(), "-U", Credentials.SUPERUSER, "-A", "scram-sha-256",
                    "--pwfile=" + passwordFile, "-E", "UTF8", "--locale=C", "--no-sync"));
        } catch (IOException e) {
            throw new PadrecException("PostgreSQL cannot create a database in " + cluster.getParent() + ": " + e.getMessage()
                    + "; mend that, or give the JDBC URL of a server of your own", e);
        }
    }

    /** What a kill during {@link #create} left; the folder is ours alone. */
    private void deleteUnfinished() {
        try (Stream<Path> paths = Files.list(cluster.getParent())) {
            String unfinished = "." + cluster.getFileName();
            for (Path path : paths.filter(path -> path.getFileName().toString().startsWith(unfinished)).toList()) {
                AtomicFiles.deleteAll(path);
            }
        } catch (IOException e) {
            throw new PadrecException("cannot clear the database folder " + cluster.getParent() + ": " + e, e);
        }
    }

    Postmaster start() {
        for (int attempt = 1; true; attempt++) {
            try {
                return start(freePort());
            } catch (PadrecException e) {
                // Another program may have taken the free port in between.
                if (attempt == ATTEMPTS || !e.getMessage().contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    Postmaster start(int port) {
        try {
            long logged = rotatedLog();
            String options = String.join(" ", "-p", Integer.toString(port),
                    "-c listen_addresses=127.0.0.1", "-c unix_socket_directories=",
                    "-c fsync=on", "-c synchronous_commit=on", "-c full_page_writes=on",
                    "-c timezone=UTC", "-c log_timezone=UTC");
            try {
                run("pg_ctl", List.of("-D", cluster.toString(), "-l", log.toString(), "-o", options, "-s", "-w",
                        "-t", Integer.toString(START_SECONDS), "start"));
            } catch (IOException e) {
                throw new PadrecException("PostgreSQL does not start in " + cluster + ": " + causeInLog(logged, e)
                        + " (more in " + log + ")", e);
            }
            return Postmaster.read(cluster).orElseThrow(() -> new PadrecException(
                    "PostgreSQL stopped right after its start in " + cluster + "; its log is " + log));
        } catch (IOException e) {
            throw new PadrecException("cannot write PostgreSQL's log " + log + ": " + e, e);
        }
    }

    /**
     * Stops the server.
     *
     * @param patiently whether to let open connections finish first, for some seconds
     */
    void stop(Postmaster postmaster, boolean patiently) {
        if (!postmaster.process().isAlive()) {
            return;
        }
        if (patiently && stops("smart", LEAVE_SECONDS) || stops("fast", STOP_SECONDS)) {
            return;
        }
        // Last resort, also where the programs were removed meanwhile; the next start recovers from the write-ahead log.
        postmaster.process().destroyForcibly();
        postmaster.process().onExit().join();
    }

    private boolean stops(String mode, int seconds) {
        try {
            run("pg_ctl", List.of("-D", cluster.toString(), "-m", mode, "-s", "-w", "-t", Integer.toString(seconds), "stop"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Puts a grown log aside; returns the length of the one that is written next. */
    private long rotatedLog() throws IOException {
        long length = Files.exists(log) ? Files.size(log) : 0;
        if (length > LOG_BYTES) {
            Files.move(log, log.resolveSibling("log.old"), StandardCopyOption.REPLACE_EXISTING);
            return 0;
        }
        return length;
    }

    /** The first fatal line and its detail among what the failed start wrote; the program's own words where it wrote none. */
    private String causeInLog(long from, IOException otherwise) throws IOException {
        if (!Files.exists(log)) {
            return otherwise.getMessage();
        }
        byte[] bytes = Files.readAllBytes(log);
        List<String> lines = new String(bytes, (int) from, bytes.length - (int) from).lines()
                .filter(line -> Stream.of("LOG:  could not bind", "FATAL:", "PANIC:", "DETAIL:").anyMatch(line::contains))
                .map(line -> line.replaceFirst("^.*?(LOG|FATAL|PANIC|DETAIL): +", "")).limit(2).toList();
        return lines.isEmpty() ? otherwise.getMessage() : String.join("; ", lines);
    }

    private void run(String program, List<String> arguments) throws IOException {
        Programs.run(programs.resolve(program), arguments);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new PadrecException("no free port on this machine for the database: " + e.getMessage(), e);
        }
    }
}
