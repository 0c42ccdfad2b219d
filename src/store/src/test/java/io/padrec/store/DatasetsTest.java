package io.padrec.store;

import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.Item;
import io.padrec.core.UserHistory;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class DatasetsTest {
    private static final List<Item> ITEMS = List.of(new Item("b", "Beans"), new Item("a", "Apples"), new Item("c", ""));
    private static final List<UserHistory> HISTORIES = List.of(new UserHistory("zoe", List.of("a", "b", "a")),
            new UserHistory("ann", List.of("c")), new UserHistory("new", List.of()));

    @Inject
    Datasets datasets;

    @Inject
    Tables tables;

    @Test
    void whatIsSavedIsReadBackInItsOrder() {
        Dataset saved = datasets.save("order", "made up", ITEMS, HISTORIES);

        assertEquals(new Dataset("order", "made up", saved.contentHash(), 3, 3, 4), saved);
        assertEquals(Optional.of(saved), datasets.find("order"));
        assertTrue(datasets.list().contains(saved));
        assertEquals(ITEMS, datasets.items("order"));
        Histories histories = datasets.histories("order", catalogue("order"));
        assertEquals(List.of("zoe", "ann", "new"), histories.userIds());
        assertArrayEquals(new int[] {0, 3, 4, 4}, histories.offsets());
        assertArrayEquals(new int[] {2, 1, 2, 3}, histories.items());
    }

    @Test
    void timesAreKeptAndAreContent() {
        Dataset untimed = datasets.save("timed", "made up", ITEMS, HISTORIES);
        List<UserHistory> timed = List.of(new UserHistory("zoe", List.of("a", "b", "a"), new long[] {5, 6, 1_573_808_122_000L}),
                new UserHistory("ann", List.of("c"), new long[] {7}), new UserHistory("new", List.of()));
        Dataset saved = datasets.save("timed", "made up", ITEMS, timed);

        assertNotEquals(untimed.contentHash(), saved.contentHash());
        assertEquals(saved, datasets.save("timed", "made up", ITEMS, timed));
        assertTrue(datasets.isTimed("timed"));
        Histories histories = datasets.histories("timed", catalogue("timed"));
        assertArrayEquals(new long[] {5, 6, 1_573_808_122_000L, 7}, histories.times());
        assertArrayEquals(new int[] {2, 1, 2, 3}, histories.items());
        datasets.save("timed", "made up", ITEMS, List.of(timed.getFirst(), new UserHistory("ann", List.of("c"))));
        assertFalse(datasets.histories("timed", catalogue("timed")).hasTimes() || datasets.isTimed("timed"));
    }

    @Test
    void aTextThatIsMoreThanTheTitleIsContent() {
        List<Item> described = List.of(new Item("b", "Beans", "Beans\nbroad"), ITEMS.get(1), new Item("c", "", "Corn"));
        Dataset titled = datasets.save("described", "made up", ITEMS, HISTORIES);
        Dataset saved = datasets.save("described", "made up", described, HISTORIES);

        assertNotEquals(titled.contentHash(), saved.contentHash());
        assertEquals(described, datasets.items("described"));
        assertEquals(titled.contentHash(), datasets.save("described", "made up", ITEMS, HISTORIES).contentHash());
    }

    @Test
    void contentWithoutTimesKeepsTheHashThatItHadBeforeThereWereAny() {
        assertEquals("62dbf0e740340ecdf7d461169b042f3c76eff6ffb80faf28ec35a2d9da77a960",
                datasets.save("as ever", "made up", ITEMS, HISTORIES).contentHash());
    }

    @Test
    void savingTheSameContentAgainDoesNothing() {
        Dataset first = datasets.save("same", "made up", ITEMS, HISTORIES);
        List<String> rows = tables.versions("interaction", "same");

        assertEquals(first, datasets.save("same", "made up", ITEMS, HISTORIES));
        assertEquals(rows, tables.versions("interaction", "same"));
    }

    @Test
    void anotherContentReplacesTheOldOne() {
        Dataset old = datasets.save("replaced", "made up", ITEMS, HISTORIES);
        Dataset fresh = datasets.save("replaced", "made up again", ITEMS.subList(0, 2),
                List.of(new UserHistory("bob", List.of("b"))));

        assertNotEquals(old.contentHash(), fresh.contentHash());
        assertEquals(ITEMS.subList(0, 2), datasets.items("replaced"));
        assertEquals(Optional.empty(), datasets.history("replaced", "zoe"));
        assertEquals(Optional.of(List.of("b")), datasets.history("replaced", "bob"));
        assertEquals(fresh, datasets.find("replaced").orElseThrow());
    }

    @Test
    void theOrderOfItemsIsContent() {
        assertNotEquals(datasets.save("order-1", "", ITEMS, HISTORIES).contentHash(),
                datasets.save("order-2", "", ITEMS.reversed(), HISTORIES).contentHash());
    }

    @Test
    void aHistoryIsReadByItsUserOldestFirst() {
        datasets.save("history", "made up", ITEMS, HISTORIES);

        assertEquals(Optional.of(List.of("a", "b", "a")), datasets.history("history", "zoe"));
    }

    @Test
    void theLongestHistoryIsCounted() {
        datasets.save("longest", "made up", ITEMS, List.of());
        assertEquals(0, datasets.longestHistory("longest"));
        datasets.save("longest", "made up", ITEMS, HISTORIES);

        assertEquals(3, datasets.longestHistory("longest"));
    }

    @Test
    void aUserWithoutInteractionsHasAnEmptyHistory() {
        datasets.save("empty", "made up", ITEMS, HISTORIES);

        assertEquals(Optional.of(List.of()), datasets.history("empty", "new"));
    }

    @Test
    void anUnknownUserIsNotFound() {
        datasets.save("unknown", "made up", ITEMS, HISTORIES);

        assertEquals(Optional.empty(), datasets.history("unknown", "nobody"));
        assertEquals(Optional.empty(), datasets.history("unknown", "no\0body'; DROP TABLE item --"));
    }

    @Test
    void anUnknownDatasetIsNotFound() {
        assertEquals(Optional.empty(), datasets.find("nowhere"));
        assertOneLine(() -> datasets.items("nowhere"), "no dataset 'nowhere'", "import it first");
        assertOneLine(() -> datasets.history("nowhere", "zoe"), "no dataset 'nowhere'");
    }

    @Test
    void aBadSaveLeavesTheOldContent() {
        Dataset old = datasets.save("kept", "made up", ITEMS, HISTORIES);

        assertOneLine(() -> datasets.save("kept", "bad", ITEMS, List.of(new UserHistory("zoe", List.of("a", "x")))),
                "user 'zoe'", "item 'x'", "not among the items");
        assertEquals(old, datasets.find("kept").orElseThrow());
        assertEquals(ITEMS, datasets.items("kept"));
    }

    @Test
    void whatCannotBeKeptIsRefusedInOneLine() {
        assertOneLine(() -> save(List.of(), List.of()), "'bad'", "no items");
        assertOneLine(() -> save(List.of(new Item("a", "A"), new Item("a", "B")), List.of()), "item 'a'", "twice");
        assertOneLine(() -> save(List.of(new Item(" ", "A")), List.of()), "item id", "empty");
        assertOneLine(() -> save(List.of(new Item("x".repeat(513), "A")), List.of()), "513 characters", "512");
        assertOneLine(() -> save(List.of(new Item("a\0b", "A")), List.of()), "item id 'a?b'", "not text");
        assertOneLine(() -> save(List.of(new Item("a\ud800b", "A")), List.of()), "item id", "not text");
        assertOneLine(() -> save(ITEMS, List.of(HISTORIES.get(0), HISTORIES.get(0))), "user 'zoe'", "twice");
        assertEquals(Optional.empty(), datasets.find("bad"));
    }

    @Test
    void textsOfAnyKindAreKept() {
        List<Item> items = List.of(new Item("1", "x".repeat(100_000)), new Item("tab\tline\nback\\slash", "\\N\t\"'\r\n\\."),
                new Item("emoji 🍎", "日本語"), new Item("null", "a\0b"), new Item("x".repeat(512), "\0"));
        datasets.save("texts", "sentence\0 with null", items, List.of(new UserHistory("'; --", List.of("emoji 🍎"))));

        List<Item> read = datasets.items("texts");
        assertEquals(items.subList(0, 3), read.subList(0, 3));
        assertEquals("ab", read.get(3).title());
        assertEquals("", read.get(4).title());
        assertEquals("sentence with null", datasets.find("texts").orElseThrow().origin());
        assertEquals(datasets.find("texts"), Optional.of(datasets.save("texts", "sentence with null", read,
                List.of(new UserHistory("'; --", List.of("emoji 🍎"))))));
        assertEquals(Optional.of(List.of("emoji 🍎")), datasets.history("texts", "'; --"));
    }

    @Test
    void writersOfOneDatasetTakeTurns() throws Exception {
        List<Callable<Dataset>> saves = IntStream.range(0, 8).<Callable<Dataset>>mapToObj(i -> () -> datasets.save("contended",
                "writer " + i % 2, ITEMS, List.of(new UserHistory("writer" + i % 2, List.of("a", "b"))))).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Dataset> saved : threads.invokeAll(saves)) {
                assertEquals(2, saved.get().interactions());
            }
        }
        assertEquals(1, datasets.histories("contended", catalogue("contended")).users());
    }

    @Test
    void aHundredThousandInteractionsTakeSeconds() {
        List<Item> items = IntStream.range(0, 8_347).mapToObj(i -> new Item("B00" + i, "Some grocery, pack of " + i)).toList();
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        List<UserHistory> histories = new ArrayList<>();
        for (int user = 0; user < 13_101; user++) {
            histories.add(new UserHistory("A" + user, random.ints(9, 0, items.size()).mapToObj(i -> items.get(i).id()).toList()));
        }
        for (String origin : List.of("import", "replacement")) {
            long start = System.nanoTime();
            histories.set(0, new UserHistory(origin, List.of("B001")));
            datasets.save("bulk", origin, items, histories);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println(origin + " of 117 901 interactions: " + took.toMillis() + " ms");
            assertTrue(took.toSeconds() < 10, took::toString);
        }
        long start = System.nanoTime();
        assertEquals(117_901, datasets.histories("bulk", catalogue("bulk")).interactions());
        System.out.println("read back: " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    private Dataset save(List<Item> items, List<UserHistory> histories) {
        return datasets.save("bad", "made up", items, histories);
    }

    private Catalogue catalogue(String dataset) {
        List<Item> items = datasets.items(dataset);
        return new Catalogue(items.stream().map(Item::id).toList(), items.stream().map(Item::title).toList());
    }
}
