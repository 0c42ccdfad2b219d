package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What ranking brings to a class path is Java alone. */
class PlainJavaTest {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)(\\.[0-9.]+)?");

    @Test
    void noLibraryOnTheClassPathHoldsNativeCode() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> path = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator)).map(Path::of)
                .filter(Files::isRegularFile).toList();
        assertTrue(path.stream().anyMatch(jar -> jar.toString().contains("lucene-core")), path.toString());
        for (Path jar : path) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream().filter(entry -> NATIVE.matcher(entry.getName()).matches())
                        .forEach(entry -> found.add(jar.getFileName() + "!" + entry.getName()));
            }
        }
        assertEquals(List.of(), found);
    }
}
