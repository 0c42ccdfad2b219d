package io.padrec.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serving needs no PyTorch: what is on this class path is what the function ships, and the tests' own libraries. */
class ClassPathTest {
    @Test
    void holdsNoMachineLearningLibrary() {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(path -> path.replace('\\', '/')).toList();
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
}
