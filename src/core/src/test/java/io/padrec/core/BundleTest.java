package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @TempDir
    Path folder;

    private static Bundle bundle(float first) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("phase", "finetune");
        manifest.put("seed", 1L);
        manifest.put("metrics", Map.of("ndcg@10", 0.047));
        return new Bundle(manifest, Map.of("gate", Tensor.of(new float[] {first, 2}, 2), "bins", Tensor.of(new int[] {3}, 1)));
    }

    private Path written() {
        Path target = folder.resolve("bundle");
        bundle(1).write(target);
        return target;
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        Bundle read = Bundle.read(written());
        assertEquals(bundle(1).manifest(), read.manifest());
        assertEquals(List.of("phase", "seed", "metrics"), List.copyOf(read.manifest().keySet()));
        assertArrayEquals(new float[] {1, 2}, read.floats("gate").data());
    }

    @Test
    void equalContentIsEqualBytes() throws IOException {
        Path first = written();
        Path second = folder.resolve("elsewhere/again");
        Bundle.read(first).write(second);
        for (String file : List.of("manifest.json", "model.safetensors")) {
            assertArrayEquals(Files.readAllBytes(first.resolve(file)), Files.readAllBytes(second.resolve(file)), file);
        }
    }

    @Test
    void everyAlteredTensorByteIsRefused() throws IOException {
        Path target = written();
        Path file = target.resolve("model.safetensors");
        for (long at = 0; at < Files.size(file); at++) {
            flip(file, at);
            assertThrows(PadrecException.class, () -> Bundle.read(target));
            flip(file, at);
        }
        Bundle.read(target);
    }

    @Test
    void aTruncatedTensorFileIsRefused() throws IOException {
        Path target = written();
        Path file = target.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        var refused = assertThrows(PadrecException.class, () -> Bundle.read(target));
        assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
    }

    @Test
    void aHalfWrittenBundleIsRefused() throws IOException {
        Path target = written();
        byte[] manifest = Files.readAllBytes(target.resolve("manifest.json"));
        for (int length = 0; length < manifest.length - 1; length++) {
            Files.write(target.resolve("manifest.json"), Arrays.copyOf(manifest, length));
            assertThrows(PadrecException.class, () -> Bundle.read(target), "manifest cut to " + length);
        }
        Files.delete(target.resolve("manifest.json"));
        assertThrows(PadrecException.class, () -> Bundle.read(target));
        Files.write(target.resolve("manifest.json"), manifest);
        Files.delete(target.resolve("model.safetensors"));
        assertThrows(PadrecException.class, () -> Bundle.read(target));
    }

    @Test
    void aMissingBundleAndAnotherFormatAreRefusedByName() throws IOException {
        var missing = assertThrows(PadrecException.class, () -> Bundle.read(folder.resolve("none")));
        assertTrue(missing.getMessage().contains("none"), missing.getMessage());
        Path target = written();
        Files.writeString(target.resolve("manifest.json"), "{\"format\":\"padrec-bundle/9\"}");
        var other = assertThrows(PadrecException.class, () -> Bundle.read(target));
        assertTrue(other.getMessage().contains("padrec-bundle/9"), other.getMessage());
    }

    @Test
    void writingTheSameBundleAgainChangesNothing() throws IOException {
        Path target = written();
        var before = Files.getLastModifiedTime(target.resolve("model.safetensors"));
        bundle(1).write(target);
        assertEquals(before, Files.getLastModifiedTime(target.resolve("model.safetensors")));
        assertEquals(List.of(target), list());
    }

    @Test
    void writingOverADamagedBundleMendsIt() throws IOException {
        Path target = written();
        flip(target.resolve("model.safetensors"), 40);
        bundle(1).write(target);
        assertArrayEquals(new float[] {1, 2}, Bundle.read(target).floats("gate").data());
        assertEquals(List.of(target), list());
    }

    @Test
    void anotherBundleInThePlaceIsRefused() {
        Path target = written();
        assertThrows(PadrecException.class, () -> bundle(5).write(target));
        assertArrayEquals(new float[] {1, 2}, Bundle.read(target).floats("gate").data());
    }

    @Test
    void aTensorThatIsMissingOrOfAnotherTypeIsNamed() {
        for (String name : List.of("id.items", "bins")) {
            var refused = assertThrows(PadrecException.class, () -> bundle(1).floats(name));
            assertTrue(refused.getMessage().contains("'" + name + "'"), refused.getMessage());
        }
    }

    @Test
    void aTensorGoesPieceByPieceToWhoeverTakesIt() {
        float[] large = new float[700_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = i;
        }
        Path target = folder.resolve("large");
        new Bundle(Map.of("phase", "finetune"), Map.of("a.ids", Tensor.of(new float[] {1}, 1), "b.items",
                Tensor.of(large, 7, 100_000), "c", Tensor.of(new int[] {3}, 1))).write(target);
        float[] taken = new float[large.length];
        List<Long> firsts = new ArrayList<>();
        Bundle read = Bundle.read(target, manifest -> (name, shape) -> switch (name) {
            case "a.ids" -> Intake.SKIP;
            case "b.items" -> (first, numbers, count) -> {
                firsts.add(first);
                System.arraycopy(numbers, 0, taken, (int) first, count);
            };
            default -> Intake.WHOLE;
        });
        assertArrayEquals(large, taken);
        assertTrue(firsts.size() > 1, "pieces from " + firsts);
        assertEquals(Set.of("c"), read.tensors().keySet());
        assertEquals("finetune", read.manifest().get("phase"));
    }

    @Test
    void aDamagedBundleIsSaidToBeDamagedWhateverItsReaderMakesOfIt() throws IOException {
        Path target = written();
        Function<Map<String, Object>, Intake.Plan> refusing = manifest -> {
            throw new PadrecException("of phase " + manifest.get("phase"));
        };
        assertEquals("of phase finetune", assertThrows(PadrecException.class, () -> Bundle.read(target, refusing)).getMessage());
        flip(target.resolve("model.safetensors"), 40);
        var damaged = assertThrows(PadrecException.class, () -> Bundle.read(target, refusing));
        assertTrue(damaged.getMessage().contains("damaged"), damaged.getMessage());
    }

    private List<Path> list() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
