package io.padrec.standalone;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import io.padrec.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The folder that holds all state: {@code postgres} (the embedded database), {@code artifacts} (vectors, snapshots,
 * bundles, checkpoints; unless {@code padrec.artifacts} says another place), {@code cache} (what training works in, and copies of
 * artifacts that lie elsewhere), {@code downloads}, {@code reproduce} (rows of the paper's tables, and their report), and
 * {@code seconds.json} and {@code epochs} (how long steps and the epochs of training took); of the functions that are up in it also
 * {@code events} (on their way), {@code keys}, {@code logs} and {@code run}. One process holds it at a time; the operating system drops the lock when that
 * process ends.
 */
final class Home implements AutoCloseable {
    private static final String LOCK = "padrec.lock";
    private static final List<String> STATE = List.of("postgres", "artifacts", "cache", "events", "dead-letters.ndjson", "seconds.json",
            "epochs", "reproduce");

    private final Path folder;
    /** Null where another process holds the folder. */
    private final FileChannel lock;

    private Home(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder where it is missing, and holds it.
     *
     * @param fresh throw away all state first; only downloads stay
     * @throws PadrecException where another process holds the folder, or it cannot be written
     */
    static Home open(Path folder, boolean fresh) {
        return open(folder, fresh, true);
    }

    /**
     * Makes the folder where it is missing, and holds it, or works in it beside the process that does.
     *
     * @throws PadrecException where it cannot be written
     */
    static Home beside(Path folder) {
        return open(folder, false, false);
    }

    private static Home open(Path folder, boolean fresh, boolean alone) {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            boolean used = Files.exists(absolute.resolve(LOCK));
            Home home = new Home(absolute, lock(absolute));
            if (alone && home.isOfAnother()) {
                throw new PadrecException("the home folder " + absolute + " is in use by another padrec (process "
                        + Files.readString(absolute.resolve(LOCK)).strip() + "); stop it, or choose another folder with --home");
            }
            if (fresh) {
                home.empty(used);
            }
            return home;
        } catch (IOException e) {
            throw new PadrecException("cannot use the home folder " + absolute + ": " + e
                    + "; check the folder's permissions, or choose another with --home", e);
        }
    }

    /** Whether it is another process that holds it. */
    boolean isOfAnother() {
        return lock == null;
    }

    /** Null where another process has it. */
    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                channel.close();
                return null;
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new PadrecException("the home folder " + folder + " is already open in this process", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void empty(boolean used) throws IOException {
        for (String name : STATE) {
            if (!used && Files.exists(folder.resolve(name))) {
                throw new PadrecException(folder.resolve(name) + " was not made by padrec, so --fresh does not delete it; "
                        + "choose another folder with --home");
            }
            if (name.equals("postgres") && Files.exists(postgres())) {
                // A killed padrec leaves its server running, and the server would go on writing into a folder that is gone.
                EmbeddedDatabase.stopLeftBehind(postgres());
            }
            AtomicFiles.deleteAll(folder.resolve(name));
        }
    }

    Path folder() {
        return folder;
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    Path artifacts() {
        return folder.resolve("artifacts");
    }

    Path cache() {
        return folder.resolve("cache");
    }

    Path downloads() {
        return folder.resolve("downloads");
    }

    Path report() {
        return folder.resolve("report.json");
    }

    Path seconds() {
        return folder.resolve("seconds.json");
    }

    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw new PadrecException("cannot release the home folder " + folder + ": " + e, e);
        }
    }
}
