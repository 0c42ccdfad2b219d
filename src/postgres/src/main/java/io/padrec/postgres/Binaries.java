package io.padrec.postgres;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once for each user and version.
 *
 * <p>Zonky's own server class is not used: it unpacks into a folder under /tmp that everybody may write, keeps what a kill
 * left half-unpacked, and lets everybody on the machine log in.
 */
final class Binaries {
    private static final int OWNER_MAY_EXECUTE = 0100;

    private Binaries() {
    }

    /**
     * The folder that holds {@code bin}, {@code lib} and {@code share}.
     *
     * @throws PadrecException where this build has none for this system, or they cannot be written
     */
    static Path unpacked() {
        byte[] archive = archive();
        // Named by content: another version is another folder, and a running server keeps its own.
        Path folder = cache().resolve("postgres-" + AtomicFiles.sha256(archive).substring(0, 16));
        if (!Files.isDirectory(folder)) {
            AtomicFiles.write(folder, temporary -> unpack(archive, temporary));
        }
        return folder;
    }

    private static byte[] archive() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return in.readAllBytes();
        } catch (IllegalStateException e) {
            throw new PadrecException("this build holds no PostgreSQL for " + system.toLowerCase(Locale.ROOT) + " on " + machine
                    + "; start a PostgreSQL server and give its JDBC URL", e);
        } catch (IOException e) {
            throw new PadrecException("cannot read the PostgreSQL programs of this build: " + e, e);
        }
    }

    private static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("padrec");
    }

    private static void unpack(byte[] archive, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            Files.createDirectories(folder);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException("the archive names a file outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                    } else {
                        Files.copy(tar, path);
                        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !path.toFile().setExecutable(true, true)) {
                            throw new IOException("cannot make " + path + " executable");
                        }
                    }
                }
            }
        }
    }
}
