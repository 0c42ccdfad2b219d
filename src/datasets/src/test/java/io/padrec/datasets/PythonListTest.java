package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonListTest {
    @Test
    void listsAsPythonPrintsThemAreRead() {
        assertEquals(List.of("B00099XNXS", "B00UBJQHMU"), PythonList.parse("['B00099XNXS', 'B00UBJQHMU']"));
        assertEquals(List.of("it's", "say \"x\"", "a\\b", "it's \"x\""),
                PythonList.parse(" [\"it's\",'say \"x\"' , 'a\\\\b', 'it\\'s \"x\"'] "));
        assertEquals(List.of(), PythonList.parse("[]"));
        assertEquals(List.of("a"), PythonList.parse("['a',]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "['a'", "['a", "['a',", "'a'", "[a]", "[1]", "['a' 'b']", "['a']]", "['a'] x", "[,]",
            "('a',)", "['\\x41']", "['a\\", "__import__('os')", "null"})
    void everythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PythonList.parse(text));
    }
}
