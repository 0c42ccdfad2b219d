package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TablesTest extends SourceFolder {
    @Test
    void oneFileMayHoldTheTitlesToo() throws IOException {
        file("log.csv", "when,customer,product,name", "2024-03-02,ann,1,", "2024-03-01T09:00:00+02:00,ann,2,\"Milk, whole\"",
                "2024-03-01 08:00:00,ann,1,Tea", "2024-02-29,bob,2,Milk");
        Columns columns = new Columns(Map.of("user", "customer", "item", "product", "time", "when", "title", "name"));

        SourceDataset dataset = new SourceFiles(Format.CSV, folder.resolve("log.csv"), columns, Selection.ALL).read("mine");

        assertEquals(List.of("1=Tea", "2=Milk, whole"), items(dataset));
        assertEquals(Map.of("ann", List.of("2", "1", "1"), "bob", List.of("2")), histories(dataset));
        long march = Instant.parse("2024-03-01T07:00:00Z").toEpochMilli();
        assertEquals(Map.of("ann", List.of(march, march + 3_600_000, march + 17 * 3_600_000), "bob", List.of(march - 31 * 3_600_000)),
                times(dataset));
        assertEquals(new ImportProblems(4, List.of(), List.of()), dataset.problems());
    }

    @Test
    void columnsOfFurtherTextStandBesideTheTitle() throws IOException {
        file("log.csv", "user,item,title,brand,about", "ann,1,,Acme,", "ann,1,Tea,Acme,\"Green, loose\"", "ann,2,Milk,,");
        Columns columns = new Columns(Map.of("text", "brand+about"));
        assertEquals(Map.of("1", "Tea\nAcme\nGreen, loose", "2", "Milk"), texts(Format.CSV, folder.resolve("log.csv"), columns));

        file("interactions.csv", "user,item", "ann,2", "ann,1");
        file("items.csv", "item,title,about", "1,Tea,Green", "2,Milk,");
        assertEquals(Map.of("1", "Tea\nGreen", "2", "Milk"), texts(Format.CSV, folder, new Columns(Map.of("text", "about"))));
        for (String name : List.of("interactions.parquet", "items.parquet")) {
            Files.write(folder.resolve(name), parquet(name));
        }
        Columns parquet = new Columns(Map.of("user", "who", "item", "what", "title", "name", "text", "what"));
        assertEquals("Tea\n1", texts(Format.PARQUET, folder, parquet).get("1"));
        assertSaid(() -> new SourceFiles(Format.CSV, folder, columns, Selection.ALL), "--text all");
        assertSaid(() -> texts(Format.CSV, folder, Columns.USUAL), "text=brand+description");
    }

    @Test
    void withoutTimesTheOrderOfTheFileCounts() throws IOException {
        file("interactions.csv", "user,item", "ann,2", "bob,1", "ann,1", "ann,2");
        file("items.csv.gz", "item,title", "1,Tea", "2,Milk", "3,Jam");
        SourceDataset dataset = read(Format.CSV, folder);
        assertEquals(List.of("1=Tea", "2=Milk", "3=Jam"), items(dataset));
        assertEquals(Map.of("ann", List.of("2", "1", "2"), "bob", List.of("1")), histories(dataset));
        assertEquals(Map.of("ann", List.of(), "bob", List.of()), times(dataset));
    }

    @Test
    void theSameAtTheSameTimeCountsOnce() throws IOException {
        file("interactions.csv", "user,item,time", "ann,1,5", "ann,2,5", "ann,1,5", "ann,1,6");
        assertEquals(Map.of("ann", List.of("1", "2", "1")), histories(read(Format.CSV, folder)));
    }

    @Test
    void badLinesAreReportedAndTheOthersKept() throws IOException {
        file("interactions.csv", "user,item,time", "ann,1,1", "ann,1", " ,1,1", "ann,2,2024-13-01", "ann,2,NaN",
                "ann," + "x".repeat(513) + ",3", "ann,2,2");
        SourceDataset dataset = read(Format.CSV, folder);
        assertEquals(Map.of("ann", List.of("1", "2")), histories(dataset));
        assertEquals(List.of(3L, 4L, 5L, 6L, 7L),
                dataset.problems().problems().stream().map(ImportProblems.Problem::line).toList());
        assertEquals("interactions.csv:4: no user; the line was left out", problems(dataset).get(1));
        assertTrue(problems(dataset).get(4).contains("has more than 512 characters"), problems(dataset).get(4));
        assertTrue(notes(dataset).getFirst().contains("there are no titles"), notes(dataset).getFirst());
    }

    @Test
    void manyBadLinesAreCountedRatherThanKept() throws IOException {
        file("interactions.csv", ("user,item\nann,1" + "\nbob".repeat(3_000)));
        ImportProblems problems = read(Format.CSV, folder).problems();
        assertEquals(3_000, problems.bad());
        assertEquals(1_000, problems.problems().size());
        assertEquals(3_000 / 3_001.0, problems.share());
    }

    @Test
    void parquetIsReadAsCsvIsAndItsRowsAreCounted() throws IOException {
        for (String name : List.of("interactions.parquet", "items.parquet")) {
            Files.write(folder.resolve(name), parquet(name));
        }
        Columns columns = new Columns(Map.of("user", "who", "item", "what", "rating", "stars", "time", "when", "title", "name"));

        SourceDataset dataset = new SourceFiles(Format.PARQUET, folder, columns, new Selection(OptionalDouble.of(4.5), 0, 0))
                .read("mine");

        assertEquals(List.of("1=Tea", "2=Milk, whole", "3="), items(dataset));
        assertEquals(Map.of("ann", List.of("1", "2")), histories(dataset));
        assertEquals(List.of("interactions.parquet:3: no user; the line was left out",
                "interactions.parquet:5: time '' is neither a number nor a date; the line was left out"), problems(dataset));
        assertEquals(List.of("items.parquet:3: item '3' has no title; it was kept"), notes(dataset));
        assertEquals(8, dataset.problems().lines());
    }

    @Test
    void damagedParquetIsSaid() throws IOException {
        Columns columns = new Columns(Map.of("user", "who", "item", "what"));
        byte[] whole = parquet("interactions.parquet");
        Path file = Files.write(folder.resolve("damaged.parquet"), Arrays.copyOf(whole, whole.length / 2));
        SourceFiles files = new SourceFiles(Format.PARQUET, file, columns, Selection.ALL);
        assertSaid(() -> files.read("mine"), "cannot read " + file);
        Arrays.fill(whole, 4, 200, (byte) 'x');
        Files.write(file, whole);
        assertSaid(() -> files.read("mine"), "cannot read " + file);
    }

    @Test
    void columnsThatAreMissingAreSaid() throws IOException {
        file("interactions.csv", "customer,item", "ann,1");
        assertSaid(() -> read(Format.CSV, folder), "must have the columns user, item; found: 'customer', 'item'",
                "--columns, e.g. user=customer");
        Columns columns = new Columns(Map.of("user", "customer", "time", "when"));
        assertSaid(() -> new SourceFiles(Format.CSV, folder, columns, Selection.ALL).read("mine"), "customer, item, when");
        assertSaid(() -> read(Format.CSV, folder, new Selection(OptionalDouble.of(3), 0, 0)), "rating");
        assertSaid(() -> new Columns(Map.of("usr", "x")), "no column 'usr' is read; there are user, item, time, rating, title, text");
        assertSaid(() -> new SourceFiles(Format.MIND, folder, columns, Selection.ALL), "the columns of mind have their names");
        assertSaid(() -> Format.named("xls"), "no format 'xls'; there are recbole, amazon, mind, movielens, csv, parquet");
    }

    /** Written by PyArrow: interactions in two groups, compressed by Snappy, and items, by Zstandard. */
    private static byte[] parquet(String name) throws IOException {
        try (InputStream file = TablesTest.class.getResourceAsStream("/parquet/" + name)) {
            return file.readAllBytes();
        }
    }
}
