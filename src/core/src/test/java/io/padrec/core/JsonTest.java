package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static Map<String, Object> everything() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"quoted\" \\ line\nand\ttab \r \u0001 ü 漢 😀 /");
        value.put("", "empty name");
        value.put("whole", 42L);
        value.put("negative", -7L);
        value.put("largest", Long.MAX_VALUE);
        value.put("smallest", Long.MIN_VALUE);
        value.put("fraction", 0.1);
        value.put("tiny", 4.9e-324);
        value.put("huge", 1.7976931348623157e308);
        value.put("yes", true);
        value.put("no", false);
        value.put("nothing", null);
        value.put("empty list", List.of());
        value.put("empty object", Map.of());
        value.put("list", Arrays.asList(1L, "two", null, List.of(3.5), Map.of("four", 4L)));
        return value;
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        assertEquals(everything(), Json.parse(Json.write(everything())));
        assertEquals(everything(), Json.parse(Json.pretty(everything())));
    }

    @Test
    void fieldsKeepTheirOrder() {
        assertEquals(List.of("z", "a", "m"), List.copyOf(Json.parseObject("{\"z\":1,\"a\":2,\"m\":3}").keySet()));
    }

    @Test
    void numbersThatAreNotFiniteAreWrittenAsNull() {
        assertEquals("[null,null,null]",
                Json.write(List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)));
    }

    @Test
    void escapesAreRead() {
        assertEquals("\" \\ / \b \f \n \r \t A 😀",
                Json.parse("\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0041 \\ud83d\\ude00\""));
    }

    @Test
    void numbersOfEveryFormAreRead() {
        assertEquals(Arrays.asList(0L, 0L, 1.0, -0.5, 100.0, 1.5e-7, 1e30),
                Json.parse("[0, -0, 1.0, -0.5, 1E+2, 1.5e-7, 1000000000000000000000000000000]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "{'a':1}", "[1,]",
        "[1 2]", "[,1]", "nul", "truth", "NaN", "Infinity", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "--1", "1-2", "1.e3", "1.5.2", "1e5e5", "\u0661",
        "\"\\x\"", "\"\\u12\"", "\"\\u+123\"", "\"\\uZZZZ\"", "\"line\nbreak\"", "1 2", "{} {}", "{\"a\":1,\"a\":2}", "]", "}"})
    void malformedTextIsRefused(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
        assertTrue(refused.getMessage().startsWith("JSON: "), refused.getMessage());
    }

    @Test
    void theMessageNamesThePosition() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Json.parse("{\"a\": ?}"));
        assertEquals("JSON: value expected at character 6", refused.getMessage());
    }

    @Test
    void endlessNestingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.parse("[".repeat(1_000_000)));
    }

    @Test
    void anObjectIsAskedForAndAListIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.parseObject("[1]"));
    }
}
