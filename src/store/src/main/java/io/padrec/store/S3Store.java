package io.padrec.store;

import io.padrec.core.AtomicFiles;
import io.padrec.core.PadrecException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Artifacts in a bucket: a file is an object, a folder the objects below its name. A folder's {@code manifest.json} is
 * written last and deleted first, and without it the folder is not there. Artifacts are read from local copies.
 */
final class S3Store implements ArtifactStore {
    static final String SCHEME = "s3://";

    private static final System.Logger LOG = System.getLogger(S3Store.class.getName());
    private static final String MANIFEST = "manifest.json";

    private final S3Bucket bucket;
    private final String prefix;
    private final ArtifactCache cache;

    private S3Store(S3Bucket bucket, String prefix, ArtifactCache cache) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.cache = cache;
    }

    /**
     * @param place {@code s3://bucket/prefix}, with or without the prefix
     * @throws PadrecException where the place or the settings are not right; the bucket is not asked for yet
     */
    static S3Store open(String place, S3Settings settings, Path cache) {
        String path = place.substring(SCHEME.length()).replaceFirst("/+$", "");
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        if (bucket.isEmpty()) {
            throw new PadrecException("padrec.artifacts=" + place + " names no bucket; give s3://BUCKET/PREFIX");
        }
        return new S3Store(S3Bucket.open(bucket, settings), slash < 0 ? "" : path.substring(slash + 1) + "/",
                new ArtifactCache(cache.resolve("artifacts")));
    }

    @Override
    public String place(String name) {
        return bucket.place(prefix + name);
    }

    @Override
    public boolean exists(String name) {
        return isThere(name, objects(name));
    }

    @Override
    public Set<String> files(String folder) {
        return objects(folder).stream().map(object -> object.key().substring(prefix.length())).collect(Collectors.toSet());
    }

    @Override
    public <T> T read(String name, Function<Path, T> reader) {
        List<S3Object> objects = objects(name);
        if (!isThere(name, objects)) {
            throw ArtifactStore.missing(place(name));
        }
        Path copy = copy(name, objects, 1);
        try {
            return reader.apply(copy);
        } catch (PadrecException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} is downloaded again: {1}", place(name), e.getMessage());
        }
        // The refused copy stays, so that neither this process nor another downloads a third.
        Path again = copy(name, objects, 2);
        try {
            return reader.apply(again);
        } catch (PadrecException e) {
            throw new PadrecException(place(name) + " is refused: " + e.getMessage(), e);
        }
    }

    @Override
    public <T> T write(String folder, Function<Path, T> writer) {
        return cache.inScratch(scratch -> {
            T result = writer.apply(scratch);
            try (Stream<Path> written = Files.list(scratch)) {
                written.forEach(path -> upload(path, folder + "/" + path.getFileName()));
            } catch (IOException e) {
                throw new PadrecException("cannot read back what was written in " + scratch + ": " + e, e);
            }
            return result;
        });
    }

    @Override
    public void delete(String name) {
        objects(name).stream().map(S3Object::key).sorted(Comparator.comparing(key -> !key.endsWith("/" + MANIFEST)))
                .forEach(bucket::delete);
    }

    @Override
    public void close() {
        bucket.close();
    }

    /** The file of this name, or all files below the folder of this name. */
    private List<S3Object> objects(String name) {
        String key = prefix + name;
        return bucket.list(key).stream().filter(object -> object.key().equals(key) || object.key().startsWith(key + "/"))
                .toList();
    }

    private boolean isThere(String name, List<S3Object> objects) {
        return objects.stream().map(S3Object::key)
                .anyMatch(key -> key.equals(prefix + name) || key.equals(key(name, MANIFEST)));
    }

    private Path copy(String name, List<S3Object> objects, int number) {
        String content = objects.stream().map(object -> object.key() + " " + object.etag()).sorted()
                .collect(Collectors.joining("\n", place("") + "\n", ""));
        String id = AtomicFiles.sha256(content.getBytes(StandardCharsets.UTF_8)) + "-" + number;
        return cache.copy(id, name.substring(name.lastIndexOf('/') + 1), target -> {
            for (S3Object object : objects) {
                String below = object.key().substring((prefix + name).length()).replaceFirst("^/", "");
                Path file = target.resolve(below).normalize();
                if (!file.startsWith(target)) {
                    throw new PadrecException(bucket.place(object.key()) + " would lie outside its folder; delete it");
                }
                Files.createDirectories(file.getParent());
                bucket.get(object, file);
            }
        });
    }

    private void upload(Path written, String name) {
        if (!Files.isDirectory(written)) {
            bucket.put(written, prefix + name);
            return;
        }
        Path manifest = written.resolve(MANIFEST);
        try (Stream<Path> files = Files.walk(written)) {
            if (exists(name) && !Arrays.equals(Files.readAllBytes(manifest), bucket.read(key(name, MANIFEST)))) {
                throw new PadrecException("another artifact is already in " + place(name) + "; remove it or choose another "
                        + "name");
            }
            files.filter(Files::isRegularFile).sorted(Comparator.comparing(manifest::equals)).forEach(file -> bucket.put(file,
                    key(name, written.relativize(file).toString().replace(File.separatorChar, '/'))));
        } catch (IOException | UncheckedIOException e) {
            throw new PadrecException("cannot read back what was written in " + written + ": " + e, e);
        }
    }

    private String key(String name, String file) {
        return prefix + name + "/" + file;
    }
}
