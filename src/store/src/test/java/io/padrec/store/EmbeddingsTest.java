package io.padrec.store;

import static io.padrec.store.Examples.ENCODER;
import static io.padrec.store.Examples.HISTORIES;
import static io.padrec.store.Examples.ITEMS;
import static io.padrec.store.Examples.catalogue;
import static io.padrec.store.Examples.encode;
import static io.padrec.store.Lines.assertOneLine;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.padrec.core.Item;
import io.padrec.store.testing.StoreTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoreTestResource.class)
class EmbeddingsTest {
    @Inject
    Datasets datasets;

    @Inject
    Embeddings embeddings;

    @Inject
    Artifacts artifacts;

    @Inject
    Tables tables;

    @Test
    void aNewDatasetMissesAllVectors() {
        save("all missing", ITEMS);

        assertEquals(ITEMS, embeddings.missing("all missing", ENCODER));
        assertOneLine(() -> embeddings.matrix("all missing", ENCODER, catalogue(ITEMS)), "no vectors of encoder 'tiny'");
    }

    @Test
    void vectorsComeBackInTheCataloguesOrderFromAnySegments() {
        save("in order", ITEMS);
        add("in order", ITEMS.subList(2, 3));
        assertEquals(ITEMS.subList(0, 2), embeddings.missing("in order", ENCODER));
        add("in order", ITEMS.subList(0, 2).reversed());

        assertEquals(List.of(), embeddings.missing("in order", ENCODER));
        assertArrayEquals(Examples.matrix(ITEMS), embeddings.matrix("in order", ENCODER, catalogue(ITEMS)));
    }

    @Test
    void theTextIsWhatIsEncodedNotTheTitle() {
        List<Item> described = List.of(new Item("a", "Apples", "Apples\ngreen"), new Item("b", "Beans"));
        save("described", described);
        add("described", described);
        assertEquals(List.of(), embeddings.missing("described", ENCODER));

        save("described", List.of(new Item("a", "Green apples", "Apples\ngreen"), new Item("b", "Beans")));
        assertEquals(0, embeddings.waiting("described", ENCODER));
        List<Item> other = List.of(new Item("a", "Apples", "Apples\nred"));
        save("described", other);
        assertEquals(other, embeddings.missing("described", ENCODER));
    }

    @Test
    void aChangedTitleCountsAsMissing() {
        save("changed", ITEMS);
        add("changed", ITEMS);
        List<Item> changed = List.of(ITEMS.get(0), new Item("a", "Green apples"), ITEMS.get(2), new Item("d", "Dates"));
        save("changed", changed);

        assertEquals(List.of(changed.get(1), changed.get(3)), embeddings.missing("changed", ENCODER));
        assertEquals(2, embeddings.waiting("changed", ENCODER));
        assertOneLine(() -> embeddings.matrix("changed", ENCODER, catalogue(changed)), "2 of 4 items", "'changed'", "'tiny'");
        add("changed", embeddings.missing("changed", ENCODER));
        assertArrayEquals(Examples.matrix(changed), embeddings.matrix("changed", ENCODER, catalogue(changed)));
    }

    @Test
    void encodersDoNotSeeEachOthersVectors() {
        save("two encoders", ITEMS);
        add("two encoders", ITEMS);

        assertEquals(ITEMS, embeddings.missing("two encoders", "another"));
    }

    @Test
    void theSameSegmentAgainChangesNothing() {
        save("again", ITEMS);
        add("again", ITEMS);
        add("again", ITEMS);

        assertEquals("1", tables.value("SELECT count(*) FROM embedding_segment s JOIN dataset d ON d.id = s.dataset_id "
                + "WHERE d.name = 'again'"));
        assertArrayEquals(Examples.matrix(ITEMS), embeddings.matrix("again", ENCODER, catalogue(ITEMS)));
    }

    @Test
    void anAlteredSegmentIsRefusedAndALostOneIsMissing() throws IOException {
        List<Item> items = List.of(new Item("only", "here"));
        save("damaged", items);
        add("damaged", items);
        Path file = artifacts.read("embeddings/" + tables.value("SELECT s.sha256 FROM embedding_segment s JOIN dataset d "
                + "ON d.id = s.dataset_id WHERE d.name = 'damaged'") + ".safetensors", path -> path);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertOneLine(() -> embeddings.matrix("damaged", ENCODER, catalogue(items)), file.toString(), "was altered");
        Files.delete(file);
        assertOneLine(() -> embeddings.matrix("damaged", ENCODER, catalogue(items)), "no artifact", file.toString());
        assertEquals(items, embeddings.missing("damaged", ENCODER));
        add("damaged", items);
        assertArrayEquals(Examples.matrix(items), embeddings.matrix("damaged", ENCODER, catalogue(items)));
    }

    @Test
    void badVectorsAreRefusedInOneLine() {
        save("bad vectors", ITEMS);
        assertOneLine(() -> embeddings.addSegment("bad vectors", ENCODER, ITEMS, new float[2][3]), "2 for 3 items");
        assertOneLine(() -> embeddings.addSegment("bad vectors", ENCODER, List.of(), new float[0][]), "0 for 0 items");
        assertOneLine(() -> embeddings.addSegment("bad vectors", ENCODER, ITEMS, new float[3][0]), "item 'b'", "0 numbers");
        assertOneLine(() -> embeddings.addSegment("bad vectors", ENCODER, ITEMS, new float[][] {{1, 2}, {3}, {4, 5}}),
                "item 'a'", "1 numbers, not 2");
        assertOneLine(() -> embeddings.addSegment("bad vectors", ENCODER, ITEMS, new float[][] {{1}, {Float.NaN}, {4}}),
                "item 'a'", "NaN");
        assertOneLine(() -> embeddings.addSegment("bad vectors", ENCODER, List.of(ITEMS.get(0), ITEMS.get(0)), new float[2][3]),
                "item 'b'", "twice");
        assertOneLine(() -> embeddings.addSegment("bad vectors", "e".repeat(129), ITEMS, encode(ITEMS)), "encoder name", "128");
        assertOneLine(() -> embeddings.addSegment("nowhere", ENCODER, ITEMS, encode(ITEMS)), "no dataset 'nowhere'");
        assertEquals(ITEMS, embeddings.missing("bad vectors", ENCODER));
        add("bad vectors", ITEMS);
        assertOneLine(() -> embeddings.addSegment("bad vectors", ENCODER, ITEMS, new float[3][4]), "4 numbers, not 3");
    }

    @Test
    void theLongestIdsAreKept() {
        List<Item> items = IntStream.range(0, 3).mapToObj(i -> new Item(wide(512 / 2, i), "Item " + i)).toList();
        save("long ids", items);
        embeddings.addSegment("long ids", wide(128 / 2, 9), items, encode(items));

        assertEquals(List.of(), embeddings.missing("long ids", wide(128 / 2, 9)));
    }

    @Test
    void aLongTitleAndANullCharacterHaveVectorsToo() {
        List<Item> items = List.of(new Item("long", "x".repeat(100_000)), new Item("null", "a\0b"));
        save("odd titles", items);
        embeddings.addSegment("odd titles", ENCODER, items, encode(items));

        assertEquals(List.of(), embeddings.missing("odd titles", ENCODER));
    }

    @Test
    void manyItemsTakeLittleTime() {
        List<Item> items = IntStream.range(0, 8_347).mapToObj(i -> new Item("B" + i, "Some grocery, pack of " + i)).toList();
        save("many", items);
        long start = System.nanoTime();
        add("many", items);
        long added = System.nanoTime();
        assertEquals(List.of(), embeddings.missing("many", ENCODER));
        assertArrayEquals(Examples.matrix(items), embeddings.matrix("many", ENCODER, catalogue(items)));
        System.out.printf("8 347 vectors: added in %d ms, read in %d ms%n", (added - start) / 1_000_000,
                (System.nanoTime() - added) / 1_000_000);
    }

    /** Random characters of two code units, four bytes each: nothing for PostgreSQL to compress. */
    private static String wide(int characters, long seed) {
        return new Random(seed).ints(characters, 0x20000, 0x2a000).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    private void save(String dataset, List<Item> items) {
        datasets.save(dataset, "made up", items, items == ITEMS ? HISTORIES : List.of());
    }

    @Test
    void itemsAreEmbeddedSegmentBySegmentInImportOrderAndTold() {
        datasets.save("next", "made up", ITEMS, List.of());
        List<String> encoded = new ArrayList<>();
        Function<List<Item>, float[][]> encode = items -> {
            items.forEach(item -> encoded.add(item.id()));
            return Examples.encode(items);
        };
        Function<Segment, List<Event>> telling = segment -> List.of(Event.now("items.embedded:" + segment.sha256(),
                "/padrec/test", EventTypes.ITEMS_EMBEDDED, segment.dataset(), Map.of("items", segment.vectors()), null));

        assertEquals(2, embeddings.embedNext("next", ENCODER, 2, encode, telling).orElseThrow().vectors());
        assertThrows(IllegalStateException.class, () -> embeddings.embedNext("next", ENCODER, 2, items -> {
            throw new IllegalStateException("the encoder is away");
        }, telling));
        assertEquals(1, embeddings.embedNext("next", ENCODER, 2, encode, telling).orElseThrow().vectors());
        assertEquals(Optional.empty(), embeddings.embedNext("next", ENCODER, 2, encode, telling));
        assertEquals(ITEMS.stream().map(Item::id).toList(), encoded);
        assertArrayEquals(Examples.matrix(ITEMS), embeddings.matrix("next", ENCODER, Examples.catalogue(ITEMS)));
        assertEquals("2", tables.value("SELECT count(*) FROM outbox WHERE subject = 'next'"));
    }

    private void add(String dataset, List<Item> items) {
        embeddings.addSegment(dataset, ENCODER, items, encode(items));
    }
}
