package io.padrec.store;

import io.padrec.core.PadrecException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The folder of files that rows point at: embedding segments, snapshots, bundles. Its place is {@code padrec.artifacts}. */
@ApplicationScoped
public class Artifacts {
    @ConfigProperty(name = "padrec.artifacts")
    Path root;

    /**
     * The absolute path of an artifact; nothing need be there yet.
     *
     * @param relative its path within the folder, with slashes
     * @throws PadrecException where the path leads outside the folder
     */
    public Path path(String relative) {
        Path folder = root.toAbsolutePath().normalize();
        try {
            Path path = folder.resolve(relative).normalize();
            if (path.startsWith(folder) && !path.equals(folder)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw outside(relative, folder, e);
        }
        throw outside(relative, folder, null);
    }

    Path segments() {
        return path("embeddings");
    }

    Path snapshots() {
        return path("snapshots");
    }

    private static PadrecException outside(String relative, Path folder, Throwable cause) {
        return new PadrecException("'" + relative + "' is not the path of an artifact in " + folder
                + "; give a path within that folder", cause);
    }
}
