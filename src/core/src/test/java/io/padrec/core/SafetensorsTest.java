package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("tensors.safetensors");
    }

    private Path raw(String header, byte... data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(file(), bytes.putLong(json.length).put(json).put(data).array());
    }

    private static final Map<String, Tensor> TENSORS = Map.of(
            "longs", Tensor.of(new long[] {Long.MIN_VALUE, 0, 1_573_808_122_000L, Long.MAX_VALUE}, 2, 2),
            "floats", Tensor.of(new float[] {1.5f, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 3}, 2, 3),
            "ints", Tensor.of(new int[] {Integer.MIN_VALUE, 0, 7}, 3),
            "texts", Tensor.ofStrings(List.of("", "Grüner Tee", "😀")),
            "empty", Tensor.of(new float[0], 0, 5),
            "scalar", Tensor.of(new float[] {2}));

    @Test
    void whatIsWrittenIsReadBackTheSame() throws IOException {
        Safetensors.write(file(), TENSORS);
        Map<String, Tensor> read = Safetensors.read(file());
        assertEquals(TENSORS.keySet(), read.keySet());
        for (String name : TENSORS.keySet()) {
            assertEquals(TENSORS.get(name).type(), read.get(name).type());
            assertArrayEquals(TENSORS.get(name).shape(), read.get(name).shape(), name);
            assertArrayEquals(TENSORS.get(name).bytes(), read.get(name).bytes(), name);
        }
        assertEquals(List.of("", "Grüner Tee", "😀"), Tensor.strings((Tensor.Bytes) read.get("texts")));
    }

    @Test
    void theOrderOfWritingDoesNotShowInTheBytes() throws IOException {
        Map<String, Tensor> reversed = new LinkedHashMap<>();
        TENSORS.keySet().stream().sorted((a, b) -> b.compareTo(a)).forEach(n -> reversed.put(n, TENSORS.get(n)));
        Safetensors.write(file(), TENSORS);
        byte[] first = Files.readAllBytes(file());
        Safetensors.write(file(), reversed);
        assertArrayEquals(first, Files.readAllBytes(file()));
    }

    @Test
    void dataBeginsAtAMultipleOfEight() throws IOException {
        for (int length = 1; length < 10; length++) {
            Safetensors.write(file(), Map.of("x".repeat(length), Tensor.of(new float[] {1}, 1)));
            assertEquals(0, (Files.size(file()) - 4) % 8);
        }
    }

    @Test
    void halfPrecisionWidens() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        for (float f : new float[] {1, -0.333f, 65504, Float.NaN}) {
            data.putShort(Float.floatToFloat16(f));
        }
        raw("{\"v\":{\"dtype\":\"F16\",\"shape\":[2,2],\"data_offsets\":[0,8]},\"__metadata__\":{\"by\":\"others\"}}",
                data.array());
        Tensor.Floats read = (Tensor.Floats) Safetensors.read(file()).get("v");
        assertArrayEquals(new int[] {2, 2}, read.shape());
        assertArrayEquals(new float[] {1, -0.333f, 65504, Float.NaN}, read.data(), 1e-4f);
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        Safetensors.write(file(), TENSORS);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            var refused = assertThrows(PadrecException.class, () -> Safetensors.read(file()), "cut to " + length);
            assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
        }
    }

    @Test
    void everyAlteredHeaderByteIsReadOrRefusedButNeverCrashes() throws IOException {
        Safetensors.write(file(), Map.of("vectors", Tensor.of(new float[] {1, 2}, 1, 2)));
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length - 8; at++) {
            for (byte bit = 1; bit != 0; bit <<= 1) {
                byte[] altered = whole.clone();
                altered[at] ^= bit;
                Files.write(file(), altered);
                try {
                    Safetensors.read(file());
                } catch (PadrecException e) {
                    assertTrue(e.getMessage().contains(file().toString()), e.getMessage());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "{\"v\":1}", "{\"v\":{}}",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,-4]}}",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[-1,-2],\"data_offsets\":[0,8]}}",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-4,4]}}",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[4294967298],\"data_offsets\":[0,8]}}",
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}",
        "{\"v\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[0,8]}}"})
    void aHeaderThatDoesNotFitIsRefused(String header) throws IOException {
        raw(header, new byte[8]);
        assertThrows(PadrecException.class, () -> Safetensors.read(file()));
    }

    @Test
    void aTextWithTheCharacterZeroIsRefused() {
        List<String> texts = List.of("a\0b");
        assertThrows(IllegalArgumentException.class, () -> Tensor.ofStrings(texts));
    }

    @Test
    void aShapeThatDoesNotHoldTheDataIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[5], 2, 3));
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(new int[6], -2, -3));
    }
}
