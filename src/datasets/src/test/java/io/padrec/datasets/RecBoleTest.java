package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecBoleTest extends SourceFolder {
    private static final String HEADER = "user_id:token\titem_id:token\trating:float\ttimestamp:float";

    @Test
    void interactionsAreReadInTheOrderOfTimeAndItemsInTheirs() throws IOException {
        file("shop.inter", HEADER, "u1\ti2\t5.0\t30.5", "u2\ti1\t3\t1", "u1\ti1\t4\t30.25", "u1\ti3\t1\t9.5e1");
        file("shop.item", "item_id:token\tyear:float\tmovie_title:token_seq", "i1\t1995\tTea \"green\"", "i2\t\tMilk", "i4\t\tJam",
                "i3\t\tRice");

        SourceDataset dataset = read(Format.RECBOLE, folder);

        assertEquals("RecBole files from " + folder, dataset.origin());
        assertEquals(List.of("i1=Tea \"green\"", "i2=Milk", "i4=Jam", "i3=Rice"), items(dataset));
        assertEquals(Map.of("u1", List.of("i1", "i2", "i3"), "u2", List.of("i1")), histories(dataset));
        assertEquals(Map.of("u1", List.of(30_250L, 30_500L, 95_000L), "u2", List.of(1_000L)), times(dataset));
        assertEquals(new ImportProblems(8, List.of(), List.of()), dataset.problems());
        assertEquals(dataset.histories(), read(Format.RECBOLE, folder.resolve("shop.inter")).histories());
    }

    @Test
    void badLinesAreReportedAndTheOthersKept() throws IOException {
        file("shop.inter.gz", HEADER, "u1\ti1\t5\t1", "u1\ti2\t5", "\ti1\t5\t1", "u1\ti3\t5\tsoon", "u1\ti2\t5\t2");
        file("shop.item", "item_id:token\ttitle:token", "i1\tTea", "i1\tCoffee", "i1\tTea", "i2\t");

        SourceDataset dataset = read(Format.RECBOLE, folder);

        assertEquals(Map.of("u1", List.of("i1", "i2")), histories(dataset));
        assertEquals(List.of(
                "shop.item:3: item 'i1' stands in an earlier line already, with another title; this line was left out",
                "shop.inter.gz:3: 3 values where 4 are expected; the line was left out: 'u1?i2?5'",
                "shop.inter.gz:4: no user; the line was left out",
                "shop.inter.gz:5: time 'soon' is neither a number nor a date; the line was left out"), problems(dataset));
        assertEquals(List.of("shop.item:5: item 'i2' has no title; it was kept"), notes(dataset));
    }

    @Test
    void otherNamesOfColumnsAreTold() throws IOException {
        file("shop.inter", "session:token\titem_id:token", "s\ti1", "s\ti2");
        Columns columns = new Columns(Map.of("user", "session"));
        SourceDataset dataset = new SourceFiles(Format.RECBOLE, folder, columns, Selection.ALL).read("mine");
        assertEquals(Map.of("s", List.of("i1", "i2")), histories(dataset));
        assertEquals(Map.of("s", List.of()), times(dataset));
        assertEquals(1, notes(dataset).size());
        assertSaid(() -> read(Format.RECBOLE, folder), "must have the columns user_id, item_id; found: 'session', 'item_id'",
                "--columns");
    }

    @Test
    void theFieldsOfFurtherTextAreNamed() throws IOException {
        file("shop.inter", HEADER, "u1\ti1\t5\t1", "u1\ti2\t5\t2");
        file("shop.item", "item_id:token\tgenre:token_seq\ttitle:token_seq\tbrand:token",
                "i1\tDrinks Hot\tTea\tAcme", "i2\t\tMilk\t");
        Columns columns = new Columns(Map.of("text", "brand+genre"));
        assertEquals(Map.of("i1", "Tea\nAcme\nDrinks Hot", "i2", "Milk"), texts(Format.RECBOLE, folder, columns));
        assertEquals(List.of("i1=Tea", "i2=Milk"), items(read(Format.RECBOLE, folder)));
        assertSaid(() -> texts(Format.RECBOLE, folder, new Columns(Map.of("text", "price"))), "item_id, title, price; found");
    }

    @Test
    void missingAndSeveralFilesAreSaid() throws IOException {
        assertSaid(() -> read(Format.RECBOLE, folder), "there is no interactions (.inter) in " + folder);
        file("a.inter", HEADER);
        assertSaid(() -> read(Format.RECBOLE, folder), "no interaction is left of " + folder);
        file("b.inter", HEADER);
        assertSaid(() -> read(Format.RECBOLE, folder), "a.inter, b.inter", "give the file itself");
    }
}
