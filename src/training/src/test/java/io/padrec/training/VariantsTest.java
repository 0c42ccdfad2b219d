package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Bundle;
import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import io.padrec.training.Recipe.AlignmentKind;
import io.padrec.training.Recipe.Experts;
import io.padrec.training.Recipe.Fusion;
import io.padrec.training.Recipe.IdExpert;
import io.padrec.training.Recipe.TextExpert;
import io.padrec.training.Variant.Table;
import io.padrec.training.testing.TinySnapshot;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantsTest {
    private static final Settings SETTINGS = new Settings("cpu", 2);
    private static final Progress SILENT = step -> {
    };

    @TempDir
    Path folder;

    private final Snapshot snapshot = TinySnapshot.of(100, 5);
    private final Map<Recipe, Bundle> phases = new HashMap<>();
    private int trained;

    @ParameterizedTest
    @ValueSource(strings = {"best", "paper"})
    void everyRowIsTrainedAndMeasuredAndWhatRowsShareIsTrainedOnce(String recipe) {
        List<Variant> rows = Variants.of(TinySnapshot.small(recipe, 1));
        try (Evaluator evaluator = Evaluator.open(snapshot, "f00d", SETTINGS); Spaces spaces = Spaces.open(snapshot, "f00d", SETTINGS)) {
            for (Variant row : rows) {
                if (row.measured().phases() > 0) {
                    List<Bundle> bundles = bundles(row);
                    int users = evaluator.ranks(bundles.getLast(), row.measured()).size();
                    assertEquals(100, users, row.name());
                    if (row.tables().contains(Table.FIG3)) {
                        double[] apart = spaces.distances(row, bundles).own();
                        assertTrue(apart.length > 10 && Arrays.stream(apart).allMatch(d -> d > 0 && d < 2), row.name());
                    }
                }
            }
        }
        assertEquals(rows.stream().filter(r -> r.measured().phases() > 0).map(r -> r.recipe().ofPhase1()).distinct().count(),
                phases.keySet().stream().filter(r -> r.name().endsWith("phase 1")).count());
        assertTrue(phases.size() == trained && trained < 2 * rows.size(), () -> trained + " phases of " + rows.size() + " rows");
    }

    private List<Bundle> bundles(Variant row) {
        Recipe recipe = row.recipe();
        Bundle pretrained = phase(recipe.ofPhase1(), training -> training.pretrain(SILENT));
        if (row.measured().phases() == 1) {
            return List.of(pretrained);
        }
        Bundle aligned = phase(recipe.ofPhase2(), training -> training.align(pretrained, SILENT));
        return row.measured().phases() == 2 ? List.of(pretrained, aligned)
                : List.of(pretrained, aligned, phase(recipe, training -> training.finetune(pretrained, aligned, SILENT)));
    }

    private Bundle phase(Recipe recipe, java.util.function.Function<Training, Bundle> phase) {
        if (!phases.containsKey(recipe)) {
            trained++;
            try (Training training = open(recipe)) {
                phases.put(recipe, phase.apply(training));
            }
        }
        return phases.get(recipe);
    }

    private Training open(Recipe recipe) {
        return Training.open(snapshot, "f00d", recipe, 1, SETTINGS, folder.resolve(Integer.toString(trained)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "paper"})
    void rowsHaveNamesOfTheirOwnAndEveryTableHasPadAndItsBaselines(String recipe) {
        List<Variant> rows = Variants.of(Recipe.named(recipe));
        assertEquals(rows.size(), rows.stream().map(Variant::name).distinct().count());
        for (Table table : EnumSet.allOf(Table.class)) {
            List<String> names = rows.stream().filter(row -> row.tables().contains(table)).map(Variant::name).toList();
            assertTrue(names.containsAll(List.of("popularity", "text kNN", Variants.PAD)) && names.size() > 3, names::toString);
        }
        assertEquals(Recipe.named(recipe), rows.stream().filter(row -> row.name().equals(Variants.PAD)).findFirst().orElseThrow()
                .recipe());
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "paper"})
    void aPhaseIsTheSameUnderTheSettingsThatItDependsOnAlone(String name) {
        Recipe whole = TinySnapshot.small(name, 2);
        Bundle pretrained = phase(whole, training -> training.pretrain(SILENT));
        Bundle alone = phase(whole.ofPhase1(), training -> training.pretrain(SILENT));
        assertArrayEquals(ids(pretrained, "id"), ids(alone, "id"));
        phases.clear();
        assertArrayEquals(ids(phase(whole, training -> training.align(pretrained, SILENT)), "aligned"),
                ids(phase(whole.ofPhase2(), training -> training.align(alone, SILENT)), "aligned"));
    }

    @Test
    void frozenIdsStayAsTheyStartAndWithoutAnchorNothingButIdsAndProjectionTrains() {
        Recipe recipe = TinySnapshot.small("paper", 1);
        Bundle pretrained = phase(recipe, training -> training.pretrain(SILENT));
        Bundle frozen = phase(recipe.with("frozenIds", true), training -> training.align(pretrained, SILENT));
        assertArrayEquals(ids(pretrained, "id"), ids(frozen, "aligned"));
        Bundle loose = phase(recipe.with("anchored", false), training -> training.align(pretrained, SILENT));
        assertFalse(Arrays.equals(ids(pretrained, "id"), ids(loose, "aligned")));
        try (Spaces spaces = Spaces.open(snapshot, "f00d", SETTINGS)) {
            assertEquals(1, spaces.kept(pretrained, frozen));
            double kept = spaces.kept(pretrained, loose);
            assertTrue(kept > 0 && kept < 1, "kept " + kept);
        }
        pretrained.tensors().keySet().stream().filter(name -> name.startsWith("id.") && !name.matches("id\\.(ids|items)"))
                .forEach(name -> assertArrayEquals(pretrained.floats(name).data(),
                        loose.floats("aligned" + name.substring(2)).data(), name));
    }

    private static float[] ids(Bundle bundle, String expert) {
        return bundle.floats(expert + ".ids").data();
    }

    @Test
    void settingsThatContradictOneAnotherAreRefused() {
        Recipe best = Recipe.best();
        assertRefused(() -> best.with("bins", 0), "'bins' must be 1 to 127");
        assertRefused(() -> best.with("experts", new Experts(IdExpert.NONE, false, TextExpert.NONE)), "name none");
        assertRefused(() -> best.with("experts", new Experts(IdExpert.PRETRAINED, true, TextExpert.FRESH)), "nothing would train it");
        assertRefused(() -> best.with("alignment", AlignmentKind.NONE).with("anchored", false), "neither an anchor");
        assertRefused(() -> best.with("fusion", Fusion.NULL_SPACE).with("whitened", false), "where 'whitened' is false");
        assertRefused(() -> best.with("depth", 3), "a setting 'depth'");
    }

    private static void assertRefused(Supplier<Recipe> recipe, String message) {
        PadrecException refused = assertThrows(PadrecException.class, recipe::get);
        assertTrue(refused.getMessage().contains(message), refused::getMessage);
    }
}
