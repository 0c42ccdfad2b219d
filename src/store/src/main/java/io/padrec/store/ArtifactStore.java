package io.padrec.store;

import io.padrec.core.PadrecException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps artifacts: files, and folders with a {@code manifest.json}, each whole or not there at all. Names are paths with
 * slashes, as {@link Artifacts} checks them. Every method throws {@link PadrecException} where the store cannot be used.
 */
interface ArtifactStore extends AutoCloseable {
    /** Where an artifact lies or would lie, for people. */
    String place(String name);

    boolean exists(String name);

    /** The names of all files below a folder of the store; empty where there is none. */
    Set<String> files(String folder);

    /**
     * What {@code reader} makes of the artifact's local file or folder, which it does not change.
     *
     * @throws PadrecException where there is no such artifact, or the reader finds it damaged
     */
    <T> T read(String name, Function<Path, T> reader);

    /**
     * Keeps the files and folders that {@code writer} writes into a local folder, each whole or not at all, as those of a
     * folder of the store. A file that is there is replaced; a folder that is there is kept, and another in its place refused.
     *
     * @return what the writer returns
     */
    <T> T write(String folder, Function<Path, T> writer);

    /** Removes an artifact, or a folder of artifacts; nothing where there is none. */
    void delete(String name);

    @Override
    default void close() {
    }

    static PadrecException missing(String place) {
        return new PadrecException("there is no artifact " + place + "; make it again, or restore it from a copy");
    }
}
