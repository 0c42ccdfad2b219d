package io.padrec.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import io.padrec.training.testing.TinySnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    @ParameterizedTest
    @ValueSource(strings = {"best", "paper"})
    void aRecipeComesBackFromItsSettingsAsTheyAreStored(String name) {
        for (Recipe recipe : new Recipe[] {Recipe.named(name), Recipe.named(name).withEpochs(3), TinySnapshot.small(name, 2)}) {
            Map<String, Object> stored = Json.parseObject(Json.write(recipe.toMap()));
            assertEquals(recipe, Recipe.fromMap(recipe.toMap()));
            assertEquals(recipe, Recipe.fromMap(stored));
            assertEquals(recipe.toMap(), Recipe.fromMap(stored).toMap());
        }
    }

    @Test
    void settingsThatContradictOneAnotherAreRefused() {
        Map<String, Object> noSoftmax = settings();
        noSoftmax.put("loss", "bce");
        assertRefused(noSoftmax, "the recipe's 'adjustment' must be 0 where 'loss' is no softmax");

        Map<String, Object> negative = settings();
        negative.put("idDropout", -1.0);
        assertRefused(negative, "the recipe's 'idDropout' and 'adjustment' must be 0 or more, not -1.0 and");
    }

    @Test
    void aMissingOrAnUnknownSettingIsNamed() {
        Map<String, Object> missing = settings();
        missing.remove("width");
        assertRefused(missing, "the recipe lacks the setting 'width'");

        Map<String, Object> inner = settings();
        schedule(inner).remove("steps");
        assertRefused(inner, "the recipe lacks the setting 'pretrain.steps'");

        Map<String, Object> unknown = settings();
        unknown.put("depth", 3L);
        assertRefused(unknown, "the recipe has a setting 'depth' that this version does not know");

        Map<String, Object> deep = settings();
        schedule(deep).put("warmup", 3L);
        assertRefused(deep, "the recipe has a setting 'pretrain.warmup' that this version does not know");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "loss|hinge|'loss' cannot be 'hinge'; use bce or softmax or sampled-softmax or gbce or cosine-softmax",
        "alignment|7|'alignment' cannot be '7'; use mmd-gaussian-multi or mmd-gaussian-single or mmd-laplacian or "
                + "mmd-linear or mmd-cosine or infonce or mse or kl or none",
        "width|wide|'width' cannot be 'wide'; it is of type int",
        "width|0.5|'width' cannot be '0.5'; it is of type int",
        "width|5000000000|'width' cannot be '5000000000'; it is of type int",
        "packed|1|'packed' cannot be '1'; it is of type boolean",
        "lambda|much|'lambda' cannot be 'much'; it is of type float",
        "text|12|'text' cannot be '12'; it is an object"})
    void aSettingOfAWrongKindIsNamed(String setting, String value, String message) {
        Map<String, Object> settings = settings();
        settings.put(setting, value.matches("\\d+") ? Long.valueOf(value) : value.equals("0.5") ? (Object) 0.5 : value);
        assertRefused(settings, "the recipe's setting " + message);
    }

    private static Map<String, Object> settings() {
        return Json.parseObject(Json.write(Recipe.best().toMap()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> schedule(Map<String, Object> settings) {
        Map<String, Object> schedule = new LinkedHashMap<>((Map<String, Object>) settings.get("pretrain"));
        settings.put("pretrain", schedule);
        return schedule;
    }

    private static void assertRefused(Map<String, Object> settings, String message) {
        PadrecException refused = assertThrows(PadrecException.class, () -> Recipe.fromMap(settings));
        assertEquals(message, refused.getMessage().substring(0, Math.min(message.length(), refused.getMessage().length())));
    }
}
