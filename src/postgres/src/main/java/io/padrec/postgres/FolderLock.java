package io.padrec.postgres;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a folder to one process. The operating system drops the lock when its process ends, however it ends.
 *
 * @param folder the real path of the folder
 */
record FolderLock(Path folder, FileChannel channel) {
    // Closing any channel on a file drops the lock that this process has on it (POSIX), so a second attempt from within
    // must be turned away before it opens the file.
    private static final Set<Path> HELD = new HashSet<>();

    static FolderLock take(Path directory) {
        try {
            Path folder = create(directory);
            synchronized (HELD) {
                if (!HELD.add(folder)) {
                    throw taken(folder, Long.toString(ProcessHandle.current().pid()));
                }
            }
            try {
                return lock(folder);
            } catch (IOException | RuntimeException e) {
                forget(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new PadrecException("cannot use the database folder " + directory + ": " + reason(e)
                    + "; check the folder's permissions and the space left on the disk", e);
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new PadrecException("cannot release the database folder " + folder + ": " + reason(e), e);
        } finally {
            forget(folder);
        }
    }

    private static FolderLock lock(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw taken(folder, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(folder, channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw taken(folder, Long.toString(ProcessHandle.current().pid()));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The password lies in the folder, so it is made for its owner alone. */
    private static Path create(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(directory,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        }
        return directory.toRealPath();
    }

    private static void forget(Path folder) {
        synchronized (HELD) {
            HELD.remove(folder);
        }
    }

    private static PadrecException taken(Path folder, String pid) {
        return new PadrecException("the database folder " + folder + " is in use by process " + pid
                + "; stop that process or choose another folder");
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
