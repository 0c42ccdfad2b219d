package io.padrec.store;

import io.padrec.core.PadrecException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The files that rows point at: embedding segments, snapshots, bundles. They lie in a folder or on S3, as {@code
 * padrec.artifacts} says, are named by paths with slashes, and are there whole or not at all.
 */
@ApplicationScoped
public class Artifacts {
    static final String SEGMENTS = "embeddings";
    static final String SNAPSHOTS = "snapshots";
    /** No part begins with a dot: so do the names of what is being written. */
    private static final Pattern NAME = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*"
            + "(/[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*)*");

    @ConfigProperty(name = "padrec.artifacts")
    String place;

    @ConfigProperty(name = "padrec.artifacts.cache")
    Path cache;

    @Inject
    S3Settings s3;

    private ArtifactStore store;

    /** Where an artifact lies or would lie, for people. */
    public String place(String name) {
        return store().place(checked(name));
    }

    public boolean exists(String name) {
        return store().exists(checked(name));
    }

    /** The names of all files below a folder of artifacts. */
    Set<String> files(String folder) {
        return store().files(checked(folder));
    }

    /**
     * What {@code reader} makes of an artifact's local file or folder, which stays as it is. The reader is called again, on a
     * fresh copy, where an artifact on S3 has a local copy that it refuses.
     *
     * @throws PadrecException where there is no such artifact, or the reader refuses it
     */
    public <T> T read(String name, Function<Path, T> reader) {
        return store().read(checked(name), reader);
    }

    /**
     * Keeps one artifact. A file that is there is replaced.
     *
     * @param writer writes the file or folder (with a {@code manifest.json}) at the place that it is given, whole or not at all
     * @throws PadrecException where another folder has that name, or the store cannot be written
     */
    public void store(String name, Consumer<Path> writer) {
        int slash = checked(name).lastIndexOf('/');
        if (slash < 0) {
            throw new PadrecException("artifact '" + name + "' is in no folder; give a name with a slash");
        }
        add(name.substring(0, slash), folder -> {
            writer.accept(folder.resolve(name.substring(slash + 1)));
            return name;
        });
    }

    /**
     * Keeps artifacts that are named by their content.
     *
     * @param writer writes files or folders into the local folder that it is given, each whole or not at all
     * @return what the writer returns
     */
    public <T> T add(String folder, Function<Path, T> writer) {
        return store().write(checked(folder), writer);
    }

    /** Removes an artifact, or a folder of artifacts; nothing where there is none. */
    public void delete(String name) {
        store().delete(checked(name));
    }

    @PreDestroy
    void close() {
        if (store != null) {
            store.close();
        }
    }

    /** Opened at the first use: with a folder, nothing of the S3 library is ever loaded. */
    private synchronized ArtifactStore store() {
        if (store == null) {
            store = place.startsWith(S3Store.SCHEME) ? S3Store.open(place, s3, cache) : new FolderStore(Path.of(place));
        }
        return store;
    }

    private String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new PadrecException("'" + name + "' is not the path of an artifact in " + place
                    + "; give a path within it");
        }
        return name;
    }
}
