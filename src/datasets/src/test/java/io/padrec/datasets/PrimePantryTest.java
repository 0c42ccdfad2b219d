package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.UserHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrimePantryTest {
    private static final String ITEMS = "asin,title\nB1,\"Tea, green\"\nB2,Milk\nB3,Jam\n";
    private static final String HISTORIES = ",user,history\n0,ann,\"['B3', 'B1', 'B2']\"\n1,bob,\"['B1']\"\n";

    @TempDir
    Path folder;

    @Test
    void itemsAndHistoriesAreReadInOrder() throws IOException {
        SourceDataset dataset = read(ITEMS, HISTORIES);
        assertEquals("prime-pantry", dataset.name());
        assertEquals("Amazon Prime Pantry as prepared by the PAD authors, from " + folder, dataset.origin());
        assertEquals(List.of(new Item("B1", "Tea, green"), new Item("B2", "Milk"), new Item("B3", "Jam")), dataset.items());
        assertEquals(List.of(new UserHistory("ann", List.of("B3", "B1", "B2")), new UserHistory("bob", List.of("B1"))),
                dataset.histories());
        assertEquals(4, dataset.interactions());
        assertEquals(new ImportProblems(5, List.of(), List.of()), dataset.problems());
    }

    @Test
    void unknownItemsAreLeftOutAndCounted() throws IOException {
        SourceDataset dataset = read(ITEMS, HISTORIES + "2,cleo,\"['B9', 'B2', 'B8']\"\n3,dan,\"['B7']\"\n4,eve,[]\n");
        assertEquals(new UserHistory("cleo", List.of("B2")), dataset.histories().get(2));
        assertEquals(3, dataset.histories().size());
        assertEquals(List.of(
                "Prime_Pantry_cleaned_history.csv:4: 2 of 3 items are not in metadata_Prime_Pantry.csv and were left out, the"
                        + " first is 'B9'",
                "Prime_Pantry_cleaned_history.csv:5: user 'dan' has no known item; the line was left out",
                "Prime_Pantry_cleaned_history.csv:6: user 'eve' has no known item; the line was left out"),
                problems(dataset));
        assertEquals(3 / 8.0, dataset.problems().share());
    }

    @Test
    void theFirstOfTwoLikeItemsOrUsersIsKept() throws IOException {
        SourceDataset dataset = read(ITEMS + "B1,Coffee\n", HISTORIES + "2,ann,\"['B2']\"\n");
        assertEquals("Tea, green", dataset.items().getFirst().title());
        assertEquals(3, dataset.items().size());
        assertEquals(3, dataset.histories().getFirst().items().size());
        assertEquals(List.of("metadata_Prime_Pantry.csv:5: item 'B1' stands in line 2 already; this line was left out",
                "Prime_Pantry_cleaned_history.csv:4: user 'ann' stands in an earlier line already; this line was left out"),
                problems(dataset));
    }

    @Test
    void emptyAndEndlessTitlesAreKept() throws IOException {
        SourceDataset dataset = read(ITEMS + "B4,\nB5,\"" + "very ".repeat(20_000) + "\"\n", HISTORIES);
        assertEquals("", dataset.items().get(3).title());
        assertEquals(100_000, dataset.items().get(4).title().length());
        assertEquals(List.of(), dataset.problems().problems());
        assertEquals("metadata_Prime_Pantry.csv:5: item 'B4' has no title; it was kept",
                dataset.problems().notes().getFirst().toString());
    }

    @Test
    void linesThatDoNotParseAreLeftOutAndCounted() throws IOException {
        SourceDataset dataset = read(ITEMS + "B4\n,Bread\n", HISTORIES + "2,cleo,B1 B2\n3,,\"['B1']\"\n4,dan,\"['B2']\"\n");
        assertEquals(3, dataset.items().size());
        assertEquals(List.of("ann", "bob", "dan"), dataset.histories().stream().map(UserHistory::user).toList());
        assertEquals(List.of(5L, 6L, 4L, 5L), dataset.problems().problems().stream().map(ImportProblems.Problem::line).toList());
        assertTrue(problems(dataset).get(2).endsWith("the history is not a list of texts ('[' expected at character 1); the"
                + " line was left out"), problems(dataset).get(2));
    }

    @Test
    void filesWithoutAnythingUsableAreRefused() {
        assertSaid(() -> read("asin,title\n", HISTORIES), "holds no item");
        assertSaid(() -> read(ITEMS, ",user,history\n0,ann,\"['B9']\"\n"), "holds no history of known items");
        assertSaid(() -> read("id,title\nB1,Tea\n", HISTORIES), "must have the columns asin, title; found: 'id', 'title'");
        assertSaid(() -> read(ITEMS, "user,items\nann,\"['B1']\"\n"), "must have the columns user, history");
    }

    @Test
    void aMissingFileIsSaid() {
        assertSaid(() -> PrimePantry.read(folder), "metadata_Prime_Pantry.csv: there is no such file");
    }

    private SourceDataset read(String items, String histories) throws IOException {
        Files.writeString(folder.resolve("metadata_Prime_Pantry.csv"), items);
        Files.writeString(folder.resolve("Prime_Pantry_cleaned_history.csv"), histories);
        return PrimePantry.read(folder);
    }

    private static List<String> problems(SourceDataset dataset) {
        return dataset.problems().problems().stream().map(Object::toString).toList();
    }

    private static void assertSaid(org.junit.jupiter.api.function.Executable call, String part) {
        String message = assertThrows(PadrecException.class, call).getMessage();
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count());
    }
}
