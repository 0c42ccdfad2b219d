package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
    void everyIdNeedsATitle() {
        assertThrows(IllegalArgumentException.class, () -> new Catalogue(List.of("a"), List.of()));
    }
}
