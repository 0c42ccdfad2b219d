package io.padrec.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Taking data in needs no PyTorch: what is on this class path is what the function ships, and the tests' own libraries. */
class ClassPathTest {
    @Test
    void holdsNoTraining() {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(path -> path.replace('\\', '/')).toList();
        assertTrue(jars.stream().anyMatch(path -> path.contains("padrec-text") || path.contains("text/target")),
                "the class path is not that of this module: " + jars);
        assertEquals(List.of(), jars.stream()
                .filter(path -> path.matches("(?i).*(pytorch|libtorch|padrec-training|padrec-phases|training/target).*")).toList());
    }
}
