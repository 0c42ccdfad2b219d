package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.Safetensors;
import io.padrec.core.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextVectorsTest {
    private static final Item TEA = new Item("a", "Green tea");
    private static final Item SALT = new Item("b", "Sea salt");

    @TempDir
    Path folder;

    @Test
    void theBuiltInEncoderReadsTitles() {
        try (TextVectors vectors = TextVectors.of(Settings.of("threads", "1")); TextEncoder encoder = TextEncoders.onnx(1)) {
            assertEquals("bge-small-en-v1.5", vectors.name());
            assertArrayEquals(encoder.encode(List.of("Sea salt", "Green tea")), vectors.of(List.of(SALT, TEA)));
        }
    }

    @Test
    void aServerReadsTitles() throws IOException {
        try (LocalServer server = LocalServer.start(); TextVectors vectors = TextVectors.of(Settings.of("encoder", "openai",
                "openai.url", server.url(), "openai.model", "qwen", "openai.dimensions", "4"))) {
            assertEquals("qwen@4", vectors.name());
            assertTrue(server.requests.isEmpty());
            assertEquals(4, vectors.of(List.of(TEA, SALT))[0].length);
            assertEquals(List.of("Green tea", "Sea salt"), server.requests.getFirst().input());
        }
    }

    @Test
    void aFileKnowsTheItemsThatItNames() throws IOException {
        try (TextVectors vectors = TextVectors.of(Settings.of("encoder", "file", "file", file("b", "a").toString()))) {
            assertTrue(vectors.name().startsWith("file-"));
            assertArrayEquals(new float[][] {{3, 4}}, vectors.of(List.of(TEA)));
            assertArrayEquals(new float[][] {{1, 2}, {3, 4}}, vectors.of(List.of(SALT, TEA)));
            assertSaid(() -> vectors.of(List.of(TEA, new Item("c", "Soap"))), "no vector for 1 of 2 items (the first is c)");
        }
    }

    @Test
    void aFileWithoutIdsFitsAWholeDatasetAlone() throws IOException {
        Path file = folder.resolve("plain.safetensors");
        Safetensors.write(file, Map.of("vectors", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2)));
        assertSaid(() -> TextVectors.of(Settings.of("encoder", "file", "file", file.toString())), "does not say whose vectors");
        try (TextVectors vectors = TextVectors.ofFile(file, List.of(TEA, SALT))) {
            assertArrayEquals(new float[][] {{3, 4}}, vectors.of(List.of(SALT)));
        }
    }

    @Test
    void aMissingFileIsSaid() {
        assertSaid(() -> TextVectors.of(Settings.of("encoder", "file")), "padrec.text.file is not set");
        assertSaid(() -> TextVectors.of(Settings.of("encoder", "file", "file", "/none")), "no such file");
    }

    @Test
    void closedVectorsSaySo() {
        TextVectors vectors = TextVectors.ofTexts(1);
        vectors.close();
        vectors.close();
        assertThrows(IllegalStateException.class, () -> vectors.of(List.of(TEA)));
    }

    private Path file(String... ids) throws IOException {
        Path file = folder.resolve("ids.safetensors");
        Safetensors.write(file, Map.of("vectors", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), "ids", Tensor.ofStrings(List.of(ids))));
        return file;
    }

    private static void assertSaid(org.junit.jupiter.api.function.Executable call, String part) {
        String message = assertThrows(PadrecException.class, call).getMessage();
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
    }
}
