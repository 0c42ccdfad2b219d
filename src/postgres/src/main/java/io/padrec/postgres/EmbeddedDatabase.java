package io.padrec.postgres;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A real PostgreSQL server in a folder, reachable from this machine alone and with a password. What it has committed lasts:
 * {@code fsync} and {@code synchronous_commit} are on.
 *
 * <p>The folder holds {@code cluster} (PostgreSQL's own data), {@code password}, {@code log} and {@code lock}. One process
 * holds the folder at a time. A process that was killed leaves its server running; the next start takes that server over.
 *
 * <p>Not closed, the server stops when this process ends: it lets connections that are still open finish for some seconds.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String ADDRESS = "jdbc:postgresql://127.0.0.1:%d/%s";

    private final FolderLock lock;
    private final Server server;
    private final Credentials credentials;
    private final Thread stopAtExit = new Thread(this::stopAtExit, "padrec-postgres-stop");
    private Postmaster postmaster;
    private boolean stopped;
    private volatile Runnable before = () -> { };

    private EmbeddedDatabase(FolderLock lock, Server server, Credentials credentials) {
        this.lock = lock;
        this.server = server;
        this.credentials = credentials;
    }

    /**
     * Starts the server of {@code dataDirectory}, or takes over the one that a killed process left. The first start in a
     * folder creates the database (some seconds); a later one takes about half a second.
     *
     * @param dataDirectory a folder for the database alone; made when missing
     * @throws PadrecException where another process holds the folder, the folder cannot be written, this machine's system
     *                         has no PostgreSQL in this build, or the server does not start
     */
    public static EmbeddedDatabase start(Path dataDirectory) {
        FolderLock lock = FolderLock.take(dataDirectory);
        EmbeddedDatabase database;
        try {
            Server server = new Server(lock.folder(), Binaries.unpacked());
            database = new EmbeddedDatabase(lock, server, Credentials.of(lock.folder(), server.cluster()));
        } catch (RuntimeException | Error e) {
            lock.release();
            throw e;
        }
        try {
            database.run();
            return database;
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /**
     * The running server of a folder that another process holds, and goes on holding: closing this leaves it alone.
     *
     * @throws PadrecException where none runs there
     */
    public static EmbeddedDatabase ofAnother(Path dataDirectory) {
        try {
            Path folder = dataDirectory.toRealPath();
            Server server = new Server(folder, Binaries.unpacked());
            if (Files.notExists(server.cluster())) {
                throw noneRuns(dataDirectory, null);
            }
            EmbeddedDatabase database = new EmbeddedDatabase(null, server, Credentials.of(folder, server.cluster()));
            database.postmaster = Postmaster.running(server.cluster(), database.credentials)
                    .orElseThrow(() -> noneRuns(dataDirectory, null));
            // By the other process, in time.
            database.stopped = true;
            return database;
        } catch (IOException e) {
            throw noneRuns(dataDirectory, e);
        }
    }

    private static PadrecException noneRuns(Path dataDirectory, IOException cause) {
        return new PadrecException("no database runs in " + dataDirectory + "; try again in a moment", cause);
    }

    /**
     * Stops the server that a killed process left running, if there is one.
     *
     * @return whether there was
     * @throws PadrecException where another process holds the folder
     */
    public static boolean stopLeftBehind(Path dataDirectory) {
        FolderLock lock = FolderLock.take(dataDirectory);
        try {
            Server server = new Server(lock.folder(), Binaries.unpacked());
            Optional<Postmaster> left = Postmaster.read(server.cluster());
            left.ifPresent(postmaster -> server.stop(postmaster, false));
            return left.isPresent();
        } finally {
            lock.release();
        }
    }

    private synchronized void run() {
        try {
            // Before the server runs: a process that is ended meanwhile waits in stop() and leaves no server behind.
            Runtime.getRuntime().addShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            throw new PadrecException("no database is started while the process ends", e);
        }
        server.create(credentials.passwordFile());
        postmaster = Postmaster.running(server.cluster(), credentials).orElseGet(server::start);
        credentials.prepare(postmaster.port());
    }

    /** A JDBC URL without credentials. */
    public String jdbcUrl() {
        return ADDRESS.formatted(postmaster.port(), Credentials.DATABASE);
    }

    /** An ordinary role that owns the database; not a superuser. */
    public String username() {
        return Credentials.USER;
    }

    public String password() {
        return credentials.password();
    }

    /** Whether the server's process is alive. */
    public synchronized boolean isRunning() {
        return postmaster.process().isAlive();
    }

    /**
     * Stops the server where it runs and starts it again, at the same address: open connections are cut, what was committed
     * stays.
     *
     * @throws PadrecException where the server does not start
     */
    public synchronized void restart() {
        if (stopped) {
            throw new PadrecException("the database was stopped; start it anew");
        }
        server.stop(postmaster, false);
        postmaster = server.start(postmaster.port());
    }

    /** Has something end first when this process ends: the server stops once {@code users} has returned. */
    public void stopAfter(Runnable users) {
        before = users;
    }

    private void stopAtExit() {
        try {
            before.run();
        } finally {
            stop(true);
        }
    }

    /** Stops the server at once: open connections are cut, what was committed stays. */
    @Override
    public void close() {
        stop(false);
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs, or ran, and finds the server stopped.
            return;
        }
    }

    private synchronized void stop(boolean patiently) {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            if (postmaster != null) {
                server.stop(postmaster, patiently);
            }
        } finally {
            lock.release();
        }
    }
}
