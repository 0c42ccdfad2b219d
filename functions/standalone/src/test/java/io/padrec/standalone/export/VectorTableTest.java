package io.padrec.standalone.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorTableTest {
    @TempDir
    Path folder;

    private static VectorTable table(List<String> ids, int width) {
        return new VectorTable(ids, width, (from, to) -> {
            float[] rows = new float[(to - from) * width];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (from * width + i) / 4f;
            }
            return rows;
        });
    }

    /** As a reader of the format takes it apart: type and shape as the header has them, then the elements. */
    private record Npy(String header, ByteBuffer elements) {
        private static Npy read(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals((byte) 0x93, bytes.get(0));
            assertEquals("NUMPY\1\0", new String(bytes.array(), 1, 7, StandardCharsets.ISO_8859_1));
            int length = Short.toUnsignedInt(bytes.getShort(8));
            assertEquals(0, (10 + length) % 64);
            String header = new String(bytes.array(), 10, length, StandardCharsets.US_ASCII);
            assertTrue(header.endsWith("\n"));
            return new Npy(header.strip(), bytes.position(10 + length).slice().order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    @Test
    void npyIsAMatrixAndItsNames() throws IOException {
        Path file = folder.resolve("items.npy");
        table(List.of("a", "éñ😀"), 3).write(file);
        Npy vectors = Npy.read(file);
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", vectors.header);
        float[] numbers = new float[6];
        vectors.elements.asFloatBuffer().get(numbers);
        assertArrayEquals(new float[] {0, 0.25f, 0.5f, 0.75f, 1, 1.25f}, numbers);
        Npy names = Npy.read(folder.resolve("items.ids.npy"));
        assertEquals("{'descr': '<U3', 'fortran_order': False, 'shape': (2,), }", names.header);
        int[] points = new int[6];
        names.elements.asIntBuffer().get(points);
        assertArrayEquals(new int[] {'a', 0, 0, 'é', 'ñ', 0x1F600}, points);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 300})
    void parquetIsReadBackByAnotherReader(int width) throws IOException {
        // More rows than a row group has, and lengths of every number of bytes.
        List<String> ids = IntStream.range(0, width == 2 ? VectorTable.PART + 5 : 200).mapToObj(i -> "item é " + i).toList();
        Path file = folder.resolve("items.parquet");
        VectorTable table = table(ids, width);
        table.write(file);
        List<String> read = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file)); var rows = reader.buildRowReader().build()) {
            while (rows.hasNext()) {
                rows.next();
                float[] expected = table.rows().of(read.size(), read.size() + 1);
                List<Float> vector = new ArrayList<>();
                rows.getList("vector").values().forEach(value -> vector.add((Float) value));
                assertEquals(IntStream.range(0, width).mapToObj(d -> expected[d]).toList(), vector);
                read.add(rows.getString("id"));
            }
        }
        assertEquals(ids, read);
    }

    @Test
    void noVectorsAreAFileToo() throws IOException {
        table(List.of(), 4).write(folder.resolve("none.npy"));
        assertTrue(Npy.read(folder.resolve("none.npy")).header.contains("'shape': (0, 4)"));
        assertTrue(Npy.read(folder.resolve("none.ids.npy")).header.contains("'<U1'"));
        table(List.of(), 4).write(folder.resolve("none.parquet"));
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(folder.resolve("none.parquet")));
                var rows = reader.buildRowReader().build()) {
            assertEquals(false, rows.hasNext());
        }
    }

    @Test
    void anotherEndingIsRefused() {
        for (String name : List.of("items.csv", "npy", "items.npy.gz")) {
            assertThrows(PadrecException.class, () -> VectorTable.checkName(Path.of(name)));
        }
        Arrays.asList("a/ITEMS.NPY", "items.Parquet").forEach(name -> assertDoesNotThrow(() -> VectorTable.checkName(Path.of(name))));
    }
}
