package io.padrec.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoriesTest {
    @Test
    void usersAndItemsAreReadBackAsAdded() {
        Histories histories = new Histories.Builder().add("a", 3, 1).add("b").add("c", 2).build();
        assertEquals(3, histories.users());
        assertEquals(3, histories.interactions());
        assertEquals("c", histories.user(2));
        assertEquals(2, histories.number("c"));
        assertEquals(-1, histories.number("d"));
        assertEquals(0, histories.length(1));
        assertEquals(1, histories.item(0, 1));
        assertArrayEquals(new int[] {3}, histories.first(0, 1));
        assertArrayEquals(new int[] {0, 2, 2, 3}, histories.offsets());
    }

    @Test
    void theBuilderGrowsPastItsFirstSize() {
        Histories.Builder builder = new Histories.Builder();
        for (int u = 0; u < 5000; u++) {
            builder.add("user-" + u, u, u + 1, u + 2);
        }
        Histories histories = builder.add("long", new int[50_000]).build();
        assertEquals(5001, histories.users());
        assertEquals(65_000, histories.interactions());
        assertEquals(4321 + 2, histories.item(4321, 2));
        assertEquals(50_000, histories.length(5000));
    }

    @Test
    void offsetsThatDoNotFitAreRefused() {
        List<String> users = List.of("a", "b");
        int[] items = {1, 2, 3};
        assertThrows(IllegalArgumentException.class, () -> new Histories(users, new int[] {0, 3}, items));
        assertThrows(IllegalArgumentException.class, () -> new Histories(users, new int[] {0, 1, 2}, items));
        assertThrows(IllegalArgumentException.class, () -> new Histories(users, new int[] {1, 2, 3}, items));
        assertThrows(IllegalArgumentException.class, () -> new Histories(users, new int[] {0, 5, 3}, items));
    }
}
