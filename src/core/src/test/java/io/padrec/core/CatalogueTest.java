package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = new Catalogue(List.of("a", "b"), List.of("Tea", ""));

    @Test
    void itemsAreNumberedFromOneInTheirOrder() {
        assertEquals(2, catalogue.size());
        assertEquals("a", catalogue.id(1));
        assertEquals("Tea", catalogue.title(1));
        assertEquals(2, catalogue.number("b"));
    }

    @Test
    void anUnknownIdIsPadding() {
        assertEquals(0, catalogue.number("c"));
    }

    @Test
    void anIdThatStandsTwiceIsRefusedByName() {
        var refused = assertThrows(IllegalArgumentException.class,
                () -> new Catalogue(List.of("a", "b", "a"), List.of("", "", "")));
        assertTrue(refused.getMessage().contains("'a'"), refused.getMessage());
    }

    @Test
    void idsOfTheSameHashAreKeptApart() {
        // "Aa" and "BB" have the same hash code, so has whatever is put together from them.
        List<String> ids = List.of("AaAa", "AaBB", "BBAa", "BBBB", "C#Aa");
        Catalogue same = new Catalogue(ids, ids);
        for (int i = 0; i < ids.size(); i++) {
            assertEquals(i + 1, same.number(ids.get(i)));
        }
        assertEquals(0, same.number("C#BB"));
    }

    @Test
    void everyOneOfManyIdsIsFoundInTheTensorThatHoldsThem() {
        List<String> ids = IntStream.range(0, 5000).mapToObj(i -> "ä" + i * 7).toList();
        Catalogue many = new Catalogue(Tensor.strings(Tensor.ofStrings(ids)), ids);
        assertEquals(ids, many.ids());
        for (int i = 0; i < ids.size(); i++) {
            assertEquals(i + 1, many.number(ids.get(i)));
        }
        assertEquals(0, many.number("ä1"));
    }

    @Test
    void aCatalogueMayBeEmpty() {
        assertEquals(0, new Catalogue(List.of(), List.of()).number("a"));
    }

    @Test
    void everyIdNeedsATitle() {
        assertThrows(IllegalArgumentException.class, () -> new Catalogue(List.of("a"), List.of()));
    }
}
