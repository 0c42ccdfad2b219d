package io.padrec.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a folder, a cold start loads nothing of the S3 library: it is not even missed. */
class FolderOnlyTest {
    @Test
    void artifactsInAFolderNeedNoS3Library(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/b"), "text");
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !path.contains("awssdk")).map(FolderOnlyTest::url).toArray(URL[]::new);
        try (var loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            assertThrows(ClassNotFoundException.class, () -> loader.loadClass("software.amazon.awssdk.services.s3.S3Client"));
            Class<?> type = loader.loadClass(Artifacts.class.getName());
            Object artifacts = type.getConstructor().newInstance();
            set(artifacts, "place", folder.toString());
            set(artifacts, "cache", folder.resolve("cache"));
            assertEquals(true, type.getMethod("exists", String.class).invoke(artifacts, "a/b"));
            type.getMethod("delete", String.class).invoke(artifacts, "a/b");
            assertEquals(false, type.getMethod("exists", String.class).invoke(artifacts, "a/b"));
        }
    }

    private static void set(Object object, String field, Object value) throws ReflectiveOperationException {
        var declared = object.getClass().getDeclaredField(field);
        declared.setAccessible(true);
        declared.set(object, value);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
