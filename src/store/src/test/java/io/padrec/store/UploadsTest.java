package io.padrec.store;

import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Item;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class UploadsTest {
    @Inject
    Uploads uploads;

    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Test
    void itemsAreAddedChangedAndLeftAlone() {
        Receipt first = items("one", "a Apples", "b Beans", "c Corn");
        assertEquals(new Receipt("one", 3, 3, 0, 0, 0, List.of()), first);
        Receipt second = items("one", "d Dates", "b Broad beans", "a Apples", "d Fresh dates");

        assertEquals(new Receipt("one", 4, 1, 1, 2, 0, List.of()), second);
        assertEquals(List.of(new Item("a", "Apples"), new Item("b", "Broad beans"), new Item("c", "Corn"),
                new Item("d", "Fresh dates")), datasets.items("one"));
        assertEquals(4, datasets.find("one").orElseThrow().items());
    }

    @Test
    void historiesGrowInTheOrderOfTimeThenOfArrival() {
        items("two", "a A", "b B", "c C");
        interactions("two", "zoe a 30", "ann b 10", "zoe b 20", "new c");
        Receipt receipt = interactions("two", "zoe c 25", "new a", "new c", "zoe c 25", "zoe a 30");

        assertEquals(new Receipt("two", 5, 3, 0, 2, 0, List.of()), receipt);
        assertEquals(Optional.of(List.of("b", "c", "a")), datasets.history("two", "zoe"));
        assertEquals(Optional.of(List.of("c", "a", "c")), datasets.history("two", "new"));
        assertEquals(3, datasets.find("two").orElseThrow().users());
        assertEquals(7, datasets.find("two").orElseThrow().interactions());
        assertEquals(7, datasets.histories("two", Examples.catalogue(datasets.items("two"))).interactions());
    }

    @Test
    void badRowsAreNamedAndTheGoodOnesStored() {
        Receipt items = items("three", "a A", " blank", "b B");
        assertEquals(1, items.rejected());
        assertEquals(2, items.problems().getFirst().line());
        Receipt receipt = interactions("three", "zoe a", "zoe x", "zoe b", " a", "ann y");

        assertEquals(2, receipt.added());
        assertEquals(3, receipt.rejected());
        assertEquals(List.of(2L, 4L, 5L), receipt.problems().stream().map(Rejections.Rejection::line).toList());
        assertTrue(receipt.problems().getFirst().reason().contains("'x' is not known"));
        assertEquals(Optional.empty(), datasets.history("three", "ann"));
    }

    @Test
    void rowsThatWaitForTheirItemsAreToldFromThoseThatAreWrong() {
        items("waiting", "a A");
        Rejections rejections = new Rejections();
        uploads.interactions("waiting", Optional.empty(), interactionRows("zoe a", "zoe x", " a", "zoe y"), rejections);

        assertEquals(3, rejections.count());
        assertEquals(2, rejections.unknownItems());
    }

    @Test
    void ofManyBadRowsTheFirstAreNamedAndAllCounted() {
        items("many bad", "a A");
        String[] rows = IntStream.range(0, 12_000).mapToObj(i -> i == 11_000 ? "zoe a" : "zoe x" + i).toArray(String[]::new);
        Receipt receipt = interactions("many bad", rows);

        assertEquals(11_999, receipt.rejected());
        assertEquals(1, receipt.added());
        assertEquals(12_000, receipt.received());
        assertEquals(10_000, receipt.problems().size());
        assertEquals(10_000, receipt.problems().getLast().line());
    }

    @Test
    void anUploadThatBreaksOffLeavesNothingAndIsSentAgain() {
        items("four", "a A", "b B");
        assertOneLine(() -> uploads.interactions("four", Optional.of("four-1"), breakingOff("zoe a", "zoe b"), new Rejections()),
                "broke off", "send it again");
        assertEquals(0, datasets.find("four").orElseThrow().interactions());
        Receipt again = uploads.interactions("four", Optional.of("four-1"), interactionRows("zoe a", "zoe b"), new Rejections());

        assertEquals(2, again.added());
        assertOneLine(() -> uploads.items("five", Optional.empty(), breakingOff("a A"), new Rejections()), "broke off");
        assertEquals(Optional.empty(), datasets.find("five"));
    }

    @Test
    void anUploadRepeatedWithItsKeyChangesNothingAndAnswersTheSame() {
        items("six", "a A", "b B");
        Receipt first = uploads.interactions("six", Optional.of("six-1"), interactionRows("zoe a", "zoe x"), new Rejections());
        Receipt second = uploads.interactions("six", Optional.of("six-1"), interactionRows("zoe a", "zoe x"), new Rejections());

        assertEquals(first, second);
        assertEquals(Optional.of(List.of("a")), datasets.history("six", "zoe"));
        assertThrows(KeyReusedException.class,
                () -> uploads.interactions("six", Optional.of("six-1"), interactionRows("zoe b"), new Rejections()));
        assertThrows(KeyReusedException.class,
                () -> uploads.items("six", Optional.of("six-1"), itemRows("zoe a", "zoe x"), new Rejections()));
        assertEquals(Optional.of(List.of("a")), datasets.history("six", "zoe"));
    }

    @Test
    void theSameUploadSentSeveralTimesAtOnceIsStoredOnce() throws Exception {
        items("seven", "a A");
        List<Callable<Receipt>> senders = IntStream.range(0, 4).<Callable<Receipt>>mapToObj(i -> () -> uploads
                .interactions("seven", Optional.of("seven-1"), interactionRows("zoe a"), new Rejections())).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Receipt> receipt : threads.invokeAll(senders)) {
                assertEquals(1, receipt.get().added());
            }
        }
        assertEquals(Optional.of(List.of("a")), datasets.history("seven", "zoe"));
    }

    @Test
    void uploadsOfDifferentContentAtOnceLoseNothing() throws Exception {
        items("eight", "a A");
        List<Callable<Receipt>> senders = IntStream.range(0, 4).<Callable<Receipt>>mapToObj(i -> () -> {
            items("eight", "i" + i + " Item", "a A");
            return interactions("eight", "zoe i" + i, "u" + i + " a");
        }).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Receipt> receipt : threads.invokeAll(senders)) {
                assertEquals(2, receipt.get().added());
            }
        }
        assertEquals(5, datasets.items("eight").size());
        assertEquals(5, datasets.find("eight").orElseThrow().users());
        assertEquals(8, datasets.find("eight").orElseThrow().interactions());
        assertEquals(4, datasets.history("eight", "zoe").orElseThrow().size());
    }

    @Test
    void interactionsOfNoDatasetAreRefusedInOneLine() {
        assertOneLine(() -> interactions("nowhere", "zoe a"), "no dataset 'nowhere'");
        assertOneLine(() -> items(" ", "a A"), "dataset name");
    }

    @Test
    void whatIsNotSaidOfAnItemStays() {
        said("nine", new ItemRow(1, "a", "Apples", List.of("fruit", "red"), null), new ItemRow(2, "b", "Beans"));
        assertEquals(1, said("nine", new ItemRow(1, "a", null, null, false)).changed());
        assertEquals(1, said("nine", new ItemRow(1, "a", null, List.of(), null), new ItemRow(2, "b", null)).changed());

        assertEquals(List.of(new ItemState("a", "Apples", List.of(), false, false),
                new ItemState("b", "Beans", List.of(), true, false)), changes("nine", -1));
        Receipt refused = said("nine", new ItemRow(1, "c", "Corn", List.of("a\tb"), null),
                new ItemRow(2, "d", "Dates", List.of(" "), null));
        assertEquals(2, refused.rejected());
    }

    @Test
    void aTextIsKeptBesideTheTitle() {
        said("told", new ItemRow(1, "a", "Apples", null, null, "Apples\ngreen"), new ItemRow(2, "b", "Beans"));
        assertEquals(1, said("told", new ItemRow(1, "a", "Big apples"), new ItemRow(2, "b", null, null, null, null)).changed());
        assertEquals(List.of(new Item("a", "Big apples", "Apples\ngreen"), new Item("b", "Beans")), datasets.items("told"));
        assertEquals(1, said("told", new ItemRow(1, "a", null, null, null, "")).changed());
        assertEquals(List.of(new Item("a", "Big apples"), new Item("b", "Beans")), datasets.items("told"));
    }

    @Test
    void rowsOfOneItemTakeEffectOneAfterTheOther() {
        Receipt receipt = said("twice", new ItemRow(1, "a", "Apples", List.of("fruit"), null), new ItemRow(2, "b", "Beans"),
                new ItemRow(3, "a", null, null, false), new ItemRow(4, "b", "Broad beans", List.of(), true));

        assertEquals(2, receipt.added());
        assertEquals(List.of(new ItemState("a", "Apples", List.of("fruit"), false, false),
                new ItemState("b", "Broad beans", List.of(), true, false)), changes("twice", -1));
    }

    @Test
    void aReaderIsToldOfEachChangeOnce() {
        said("ten", new ItemRow(1, "a", "Apples"), new ItemRow(2, "b", "Beans"));
        ItemChanges all = datasets.changes("ten", Examples.ENCODER, -1, item -> { });
        assertTrue(all.complete());
        said("ten", new ItemRow(1, "a", "Apples"), new ItemRow(2, "b", null, null, false), new ItemRow(3, "c", "Corn"));
        assertEquals(List.of(new ItemState("b", "Beans", List.of(), false, false),
                new ItemState("c", "Corn", List.of(), true, false)), changes("ten", all.revision()));

        List<Item> corn = List.of(new Item("c", "Corn"));
        long before = datasets.changes("ten", Examples.ENCODER, all.revision(), item -> { }).revision();
        embeddings.addSegment("ten", Examples.ENCODER, corn, Examples.encode(corn));
        assertEquals(List.of(new ItemState("c", "Corn", List.of(), true, true)), changes("ten", before));
        assertArrayEquals(Examples.encode(corn)[0],
                embeddings.vectors("ten", Examples.ENCODER, List.of("b", "c")).get("c"));
        ItemChanges none = datasets.changes("ten", Examples.ENCODER, before + 1, item -> {
            throw new AssertionError(item);
        });
        assertEquals(new ItemChanges(before + 1, false), none);
    }

    @Test
    void aReaderIsToldWhenAllItemsWereReplaced() {
        said("eleven", new ItemRow(1, "a", "Apples"), new ItemRow(2, "b", "Beans"));
        long before = datasets.changes("eleven", Examples.ENCODER, -1, item -> { }).revision();
        datasets.save("eleven", "made up", List.of(new Item("b", "Beans")), List.of());

        assertTrue(datasets.changes("eleven", Examples.ENCODER, before, item -> { }).complete());
        assertEquals(List.of(new ItemState("b", "Beans", List.of(), true, false)), changes("eleven", before));
    }

    private List<ItemState> changes(String dataset, long since) {
        List<ItemState> items = new ArrayList<>();
        datasets.changes(dataset, Examples.ENCODER, since, items::add);
        return items;
    }

    private Receipt said(String dataset, ItemRow... rows) {
        Iterator<ItemRow> remaining = List.of(rows).iterator();
        return uploads.items(dataset, Optional.empty(), new RowSource<>() {
            @Override
            public ItemRow next() {
                return remaining.hasNext() ? remaining.next() : null;
            }

            @Override
            public String sha256() {
                return List.of(rows).toString();
            }
        }, new Rejections());
    }

    private Receipt items(String dataset, String... rows) {
        return uploads.items(dataset, Optional.empty(), itemRows(rows), new Rejections());
    }

    private Receipt interactions(String dataset, String... rows) {
        return uploads.interactions(dataset, Optional.empty(), interactionRows(rows), new Rejections());
    }

    private static RowSource<ItemRow> itemRows(String... rows) {
        return rows(List.of(rows), (line, words) -> new ItemRow(line, words[0], words[1]), false);
    }

    private static RowSource<InteractionRow> interactionRows(String... rows) {
        return rows(List.of(rows), UploadsTest::interaction, false);
    }

    @SuppressWarnings("unchecked")
    private static <T> RowSource<T> breakingOff(String... rows) {
        return (RowSource<T>) rows(List.of(rows), rows[0].startsWith("zoe") ? UploadsTest::interaction
                : (line, words) -> new ItemRow(line, words[0], words[1]), true);
    }

    private static InteractionRow interaction(long line, String[] words) {
        return new InteractionRow(line, words[0], words[1], words.length > 2 ? Long.valueOf(words[2]) : null);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(long line, String[] words);
    }

    private static <T> RowSource<T> rows(List<String> rows, Reader<? extends T> reader, boolean breaksOff) {
        Iterator<String> remaining = rows.iterator();
        return new RowSource<>() {
            private long line;

            @Override
            public T next() throws IOException {
                if (remaining.hasNext()) {
                    String row = remaining.next();
                    String[] titled = row.split(" ", 2);
                    return reader.read(++line, titled[1].matches("\\S+ \\d+") ? row.split(" ") : titled);
                }
                if (breaksOff) {
                    throw new IOException("connection reset");
                }
                return null;
            }

            @Override
            public String sha256() {
                return String.join("\n", rows);
            }
        };
    }
}
