package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedBundleTest {
    private static void assertRefused(String reason, Consumer<Map<String, Object>> manifest,
            Consumer<Map<String, Tensor>> tensors) {
        Bundle bundle = RandomBundle.small(6, 1);
        Map<String, Object> changedManifest = new HashMap<>(bundle.manifest());
        Map<String, Tensor> changedTensors = new HashMap<>(bundle.tensors());
        manifest.accept(changedManifest);
        tensors.accept(changedTensors);
        String message = assertThrows(PadrecException.class,
                () -> Ranker.of(new Bundle(changedManifest, changedTensors), "NAME")).getMessage();
        assertTrue(message.contains(reason) && message.startsWith("bundle NAME "), message);
        assertFalse(message.contains("\n"), message);
    }

    private static void assertRefusedManifest(String reason, Consumer<Map<String, Object>> change) {
        assertRefused(reason, change, tensors -> { });
    }

    private static void assertRefusedTensors(String reason, Consumer<Map<String, Tensor>> change) {
        assertRefused(reason, manifest -> { }, change);
    }

    private static void assertRefusedExpert(String reason, String field, Object value) {
        assertRefusedManifest(reason, manifest -> {
            Map<String, Object> expert = new HashMap<>();
            ((Map<?, ?>) ((List<?>) manifest.get("experts")).getFirst()).forEach((k, v) -> expert.put((String) k, v));
            expert.put(field, value);
            manifest.put("experts", List.of(expert));
        });
    }

    @Test
    void ofAnotherPhase() {
        assertRefusedManifest("is of phase pretrain, not finetune", manifest -> manifest.put("phase", "pretrain"));
    }

    @Test
    void withoutExperts() {
        assertRefusedManifest("names no experts", manifest -> manifest.remove("experts"));
        assertRefusedManifest("no object", manifest -> manifest.put("experts", List.of("id")));
    }

    @Test
    void withExpertsThatDoNotFitTheirTensors() {
        assertRefusedExpert("holds no numbers 'other.items'", "name", "other");
        assertRefusedExpert("backbone 'bert4rec'", "backbone", "bert4rec");
        assertRefusedExpert("holds no numbers 'id.gru.input'", "backbone", "gru4rec");
        assertRefusedExpert("without the number 'window'", "backbone", "caser");
        assertRefusedExpert("no multiple of its 3 heads", "heads", 3L);
        assertRefusedExpert("'length' is 0", "length", 0L);
        assertRefusedExpert("'temperature' is 0.0", "temperature", 0.0);
        assertRefusedExpert("'id.positions' of shape [5, 8], not [9, 8]", "length", 9L);
        assertRefusedExpert("without the number 'blocks'", "blocks", "two");
        assertRefusedExpert("'id.blocks.2.attention.query'", "blocks", 3L);
    }

    @Test
    void withTheSameExpertTwice() {
        assertRefusedManifest("names an expert twice", manifest -> {
            Object first = ((List<?>) manifest.get("experts")).getFirst();
            manifest.put("experts", List.of(first, first));
        });
    }

    @Test
    void withTensorsThatDoNotFitTheItems() {
        assertRefusedTensors("'id.items' of shape [6, 8], not [7, 8]",
                tensors -> tensors.put("id.items", Tensor.of(new float[48], 6, 8)));
        assertRefusedTensors("no whole numbers 'items.bins' of shape [7]",
                tensors -> tensors.put("items.bins", Tensor.of(new int[6], 6)));
        assertRefusedTensors("in a bin that the gate of 10 bins does not know",
                tensors -> tensors.put("items.bins", Tensor.of(new int[] {0, 1, 2, 10, 0, 0, 0}, 7)));
        assertRefusedTensors("'gate' of shape [10, 2], not [10, 3]",
                tensors -> tensors.put("gate", Tensor.of(new float[20], 10, 2)));
        assertRefusedTensors("'gate.history' of shape [9, 3], not [10, 3]",
                tensors -> tensors.put("gate.history", Tensor.of(new float[27], 9, 3)));
        assertRefusedTensors("unusable catalogue", tensors -> tensors.put("items.titles", Tensor.ofStrings(List.of("one"))));
        assertRefusedTensors("holds no texts 'items.ids'", tensors -> tensors.remove("items.ids"));
    }

    @Test
    void withNumbersThatAreNotFinite() {
        assertRefusedTensors("'text.items' with a number that is not finite", tensors -> {
            float[] vectors = ((Tensor.Floats) tensors.get("text.items")).data().clone();
            vectors[20] = Float.NaN;
            tensors.put("text.items", Tensor.of(vectors, 7, 8));
        });
    }

    @Test
    void thatIsDamagedOnDisk(@TempDir Path folder) throws IOException {
        Path model = folder.resolve("model");
        RandomBundle.small(6, 1).write(model);
        byte[] bytes = Files.readAllBytes(model.resolve("model.safetensors"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(model.resolve("model.safetensors"), bytes);
        assertTrue(assertThrows(PadrecException.class, () -> Ranker.load(model)).getMessage().contains("damaged"));
        assertThrows(PadrecException.class, () -> Ranker.load(folder.resolve("absent")));
    }

    @Test
    void noneOfThisIsWrongWithTheBundleAsItWas() {
        assertEquals(6, Ranker.of(RandomBundle.small(6, 1), "NAME").catalogue().size());
    }
}
