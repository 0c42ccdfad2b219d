package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import io.padrec.core.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpacesTest {
    private static final Settings SETTINGS = new Settings("cpu", 1);
    /** Item 1 is warm and median at once, 2 and 3 are the cold third, 4 and 5 never occur in training. */
    private static final Snapshot SNAPSHOT = new Snapshot(
            new Catalogue(List.of("a", "b", "c", "d", "e"), List.of("a", "b", "c", "d", "e")),
            new Histories.Builder().add("u", 1, 2, 4, 5).add("v", 1, 3, 4, 5).add("w", 1, 1, 4, 5).build(), new float[12], 2);
    private static final Variant ID_ONLY = Variants.of(Recipe.paper().with("width", 2)).stream()
            .filter(row -> row.name().equals("id only")).findFirst().orElseThrow();

    private static Bundle bundle(Map<String, float[]> tables) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tables.forEach((name, data) -> tensors.put(name, Tensor.of(data, 6, 2)));
        return new Bundle(Map.of("phase", "pretrain", "snapshot", "f00d"), tensors);
    }

    @Test
    void distancesAreThoseOfDirectionsOfColdItemsAlone() {
        float[] ids = {9, 9, 1, 0, 0, 3, 2, 0, 5, 5, 5, 5};
        float[] text = {9, 9, 9, 9, 0, -7, 0, 1, 5, 5, 5, 5};
        try (Spaces spaces = Spaces.open(SNAPSHOT, "f00d", SETTINGS)) {
            Spaces.Distances apart = spaces.distances(ID_ONLY, List.of(bundle(Map.of("id.ids", ids, "text.items", text))));
            assertArrayEquals(new double[] {2, Math.sqrt(2)}, apart.own(), 1e-6);
            assertArrayEquals(new double[] {0, Math.sqrt(2)}, apart.others(), 1e-6);
            text[4] = 0;
            text[5] = 0;
            assertArrayEquals(new double[] {Math.sqrt(2)},
                    spaces.distances(ID_ONLY, List.of(bundle(Map.of("id.ids", ids, "text.items", text)))).own(), 1e-6);
        }
    }

    @Test
    void whatOnlyGrowsKeepsItsOrderAndWhatIsTurnedAroundLosesIt() {
        // Of the items in training, 1 and 2 are 1 apart, 2 and 3 are 2, 1 and 3 are 3.
        float[] before = {0, 0, 0, 0, 1, 0, 3, 0, 8, 8, 9, 9};
        float[] grown = {0, 0, 0, 0, 10, 0, 30, 0, 1, 1, 1, 1};
        float[] turned = {0, 0, 0, 0, 3, 0, 1, 0, 1, 1, 1, 1};
        try (Spaces spaces = Spaces.open(SNAPSHOT, "f00d", SETTINGS)) {
            Bundle pretrained = bundle(Map.of("id.ids", before));
            assertEquals(1, spaces.kept(pretrained, bundle(Map.of("aligned.ids", grown))), 1e-12);
            assertEquals(-1, spaces.kept(pretrained, bundle(Map.of("aligned.ids", turned))), 1e-12);
        }
    }

    @Test
    void aBundleOfAnotherSnapshotIsRefused() {
        try (Spaces spaces = Spaces.open(SNAPSHOT, "beef", SETTINGS)) {
            Bundle bundle = bundle(Map.of());
            assertThrows(PadrecException.class, () -> spaces.distances(ID_ONLY, List.of(bundle)));
            assertThrows(PadrecException.class, () -> spaces.kept(bundle, bundle));
        }
    }
}
