package io.padrec.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ItemSetTest {
    private final ItemSet set = ItemSet.of(300, 1, 63, 64, 1);

    @Test
    void holdsWhatItWasMadeOf() {
        assertArrayEquals(new int[] {1, 63, 64, 300}, set.items().toArray());
        assertEquals(4, set.size());
        assertTrue(set.contains(64));
        assertFalse(set.contains(65));
        assertFalse(set.contains(1_000_000));
    }

    @Test
    void isWalkedInRisingOrder() {
        assertEquals(1, set.next(0));
        assertEquals(63, set.next(2));
        assertEquals(64, set.next(64));
        assertEquals(300, set.next(65));
        assertEquals(-1, set.next(301));
        assertEquals(-1, set.next(10_000));
        assertEquals(-1, ItemSet.of().next(0));
    }

    @Test
    void aUnionHoldsBoth() {
        ItemSet other = ItemSet.of(2, 63, 1000);
        assertArrayEquals(new int[] {1, 2, 63, 64, 300, 1000}, set.union(other).items().toArray());
        assertArrayEquals(set.union(other).items().toArray(), other.union(set).items().toArray());
        assertEquals(4, set.size());
    }

    @Test
    void itemsBelowOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ItemSet.of(1, 0));
        assertThrows(IllegalArgumentException.class, () -> ItemSet.of(-5));
    }
}
