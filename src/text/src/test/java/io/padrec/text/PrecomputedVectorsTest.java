package io.padrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.Safetensors;
import io.padrec.core.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecomputedVectorsTest {
    private static final float[][] ROWS = {{1, 2.5f, -3}, {0, 0, 0}};
    private static final List<Item> ITEMS = List.of(new Item("a", "A"), new Item("b", "B"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, <f2, 2", "1, <f4, 4", "2, <f4, 4", "3, <f4, 4", "1, <f8, 8"})
    void numpyMatricesAreRead(int version, String type, int bytes) throws IOException {
        PrecomputedVectors vectors = PrecomputedVectors.read(npy(version, header(type, "False", "(2, 3)"), numbers(bytes)));
        assertEquals(2, vectors.size());
        assertEquals(3, vectors.width());
        assertArrayEquals(ROWS, vectors.of(ITEMS));
    }

    @Test
    void safetensorsAreReadInOrder() throws IOException {
        assertArrayEquals(ROWS, PrecomputedVectors.read(safetensors(matrix(2, 3), null)).of(ITEMS));
    }

    @Test
    void safetensorsWithIdsFindTheirItems() throws IOException {
        PrecomputedVectors vectors = PrecomputedVectors.read(safetensors(matrix(2, 3), Tensor.ofStrings(List.of("b", "a"))));
        assertArrayEquals(new float[][] {ROWS[1], ROWS[0]}, vectors.of(ITEMS));
        assertArrayEquals(new float[][] {ROWS[1]}, vectors.of(List.of(new Item("a", "A"))));
    }

    @Test
    void otherContentHasAnotherName() throws IOException {
        Path file = safetensors(matrix(2, 3), null);
        String name = PrecomputedVectors.read(file).name();
        assertEquals(name, PrecomputedVectors.read(file).name());
        assertNotEquals(name, PrecomputedVectors.read(safetensors(matrix(3, 2), null)).name());
    }

    @Test
    void anotherNumberOfRowsThanItemsIsRefused() throws IOException {
        PrecomputedVectors vectors = PrecomputedVectors.read(safetensors(matrix(3, 2), null));
        assertSaid(() -> vectors.of(ITEMS), "holds 3 vectors, but the dataset has 2 items");
    }

    @Test
    void anItemWithoutAVectorIsRefused() throws IOException {
        PrecomputedVectors vectors = PrecomputedVectors.read(safetensors(matrix(2, 3), Tensor.ofStrings(List.of("b", "c"))));
        assertSaid(() -> vectors.of(ITEMS), "no vector for 1 of 2 items (the first is a)");
    }

    @Test
    void idsMustBeOneForEachRowAndDistinct() throws IOException {
        Path few = safetensors(matrix(2, 3), Tensor.ofStrings(List.of("a")));
        assertSaid(() -> PrecomputedVectors.read(few), "2 vectors but 1 ids");
        Path twice = safetensors(matrix(2, 3), Tensor.ofStrings(List.of("a", "a")));
        assertSaid(() -> PrecomputedVectors.read(twice), "the id a twice");
        Path numbers = safetensors(matrix(2, 3), Tensor.of(new int[] {1, 2}, 2));
        assertSaid(() -> PrecomputedVectors.read(numbers), "'ids' has type I32");
    }

    @Test
    void whatIsNotFiniteIsRefusedWithItsPlace() throws IOException {
        Path nan = safetensors(Tensor.of(new float[] {0, 1, 2, Float.NaN, 4, 5}, 2, 3), null);
        assertSaid(() -> PrecomputedVectors.read(nan), "holds NaN in row 1, column 0");
        byte[] huge = numbers(8);
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putDouble(16, 1e300);
        Path beyond = npy(1, header("<f8", "False", "(2, 3)"), huge);
        assertSaid(() -> PrecomputedVectors.read(beyond), "holds Infinity in row 0, column 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(6,)", "(2, 3, 1)", "()", "(0, 3)", "(2, 0)"})
    void whatIsNoMatrixIsRefused(String shape) throws IOException {
        Path file = npy(1, header("<f4", "False", shape), numbers(4));
        assertSaid(() -> PrecomputedVectors.read(file), "not [items, width]");
    }

    @ParameterizedTest
    @ValueSource(strings = {">f4", "<i8", "|O", "<c8"})
    void otherNumberTypesAreRefused(String type) throws IOException {
        Path file = npy(1, header(type, "False", "(2, 3)"), numbers(4));
        assertSaid(() -> PrecomputedVectors.read(file), "numbers of type '" + type + "'");
    }

    @Test
    void fortranOrderIsRefused() throws IOException {
        Path file = npy(1, header("<f4", "True", "(2, 3)"), numbers(4));
        assertSaid(() -> PrecomputedVectors.read(file), "Fortran order");
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] npy = Files.readAllBytes(npy(1, header("<f4", "False", "(2, 3)"), numbers(4)));
        byte[] safetensors = Files.readAllBytes(safetensors(matrix(2, 3), null));
        for (byte[] whole : List.of(npy, safetensors)) {
            for (int length = 0; length < whole.length; length++) {
                Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
                assertSaid(() -> PrecomputedVectors.read(cut), "cut");
            }
        }
    }

    @Test
    void aShapeLargerThanAnyFileIsRefusedBeforeMemoryIsTaken() throws IOException {
        Path file = npy(1, header("<f8", "False", "(2147483647, 2147483647)"), numbers(8));
        assertSaid(() -> PrecomputedVectors.read(file), "cut short");
        Path beyond = npy(1, header("<f8", "False", "(99999999999, 3)"), numbers(8));
        assertSaid(() -> PrecomputedVectors.read(beyond), "shape (99999999999, 3)");
    }

    @Test
    void bytesAfterTheMatrixAreRefused() throws IOException {
        Path file = npy(1, header("<f4", "False", "(1, 3)"), numbers(4));
        assertSaid(() -> PrecomputedVectors.read(file), "more bytes than its shape [1, 3] says");
    }

    @Test
    void aHeaderThatIsNoneIsRefused() throws IOException {
        Path structured = npy(1, "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2, 3), }", numbers(4));
        assertSaid(() -> PrecomputedVectors.read(structured), "is not a .npy file of one float matrix");
        Path version = npy(9, header("<f4", "False", "(2, 3)"), numbers(4));
        assertSaid(() -> PrecomputedVectors.read(version), "format version 9");
    }

    @Test
    void safetensorsOfAnotherNameOrTypeAreRefused() throws IOException {
        Path file = folder.resolve("other.safetensors");
        Safetensors.write(file, Map.of("embeddings", matrix(2, 3)));
        assertSaid(() -> PrecomputedVectors.read(file), "holds no tensor 'vectors'");
        Path ints = safetensors(Tensor.of(new int[6], 2, 3), null);
        assertSaid(() -> PrecomputedVectors.read(ints), "'vectors' has type I32");
        Path flat = safetensors(matrix(6), null);
        assertSaid(() -> PrecomputedVectors.read(flat), "shape [6], not [items, width]");
    }

    @Test
    void aMissingFileAndAFolderAreSaid() {
        assertSaid(() -> PrecomputedVectors.read(folder.resolve("none.npy")), "none.npy: no such file");
        assertSaid(() -> PrecomputedVectors.read(folder), "no such file");
    }

    private void assertSaid(org.junit.jupiter.api.function.Executable call, String part) {
        String message = assertThrows(PadrecException.class, call).getMessage();
        assertTrue(message.contains(part), message);
        assertTrue(message.contains(folder.toString()), message);
        assertEquals(1, message.lines().count(), message);
    }

    private static Tensor matrix(int... shape) {
        return Tensor.of(new float[] {1, 2.5f, -3, 0, 0, 0}, shape);
    }

    private Path safetensors(Tensor vectors, Tensor ids) throws IOException {
        Path file = Files.createTempFile(folder, "v", ".safetensors");
        Safetensors.write(file, ids == null ? Map.of("vectors", vectors) : Map.of("vectors", vectors, "ids", ids));
        return file;
    }

    private static String header(String type, String fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
    }

    private static byte[] numbers(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(6 * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : ROWS) {
            for (float x : row) {
                switch (bytes) {
                    case 2 -> buffer.putShort(Float.floatToFloat16(x));
                    case 4 -> buffer.putFloat(x);
                    default -> buffer.putDouble(x);
                }
            }
        }
        return buffer.array();
    }

    private Path npy(int version, String header, byte[] numbers) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(12 + text.length + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) version).put((byte) 0);
        if (version == 1) {
            buffer.putShort((short) text.length);
        } else {
            buffer.putInt(text.length);
        }
        buffer.put(text).put(numbers);
        return Files.write(Files.createTempFile(folder, "v", ".npy"), Arrays.copyOf(buffer.array(), buffer.position()));
    }
}
