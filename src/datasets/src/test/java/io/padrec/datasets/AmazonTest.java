package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AmazonTest extends SourceFolder {
    @Test
    void reviewsOf2018AreRead() throws IOException {
        file("Prime_Pantry_5.json.gz", review2018("A", "B1", 20, 5), review2018("A", "B2", 10, 2), review2018("C", "B1", 5, 4));
        file("meta_Prime_Pantry.json.gz", "{\"asin\": \"B1\", \"title\": \"Tea \\u2019\", \"category\": [\"x\"]}",
                "{\"asin\": \"B2\", \"title\": \"Milk\", \"feature\": []}");

        SourceDataset dataset = read(Format.AMAZON, folder);

        assertEquals(List.of("B1=Tea \u2019", "B2=Milk"), items(dataset));
        assertEquals(Map.of("A", List.of("B2", "B1"), "C", List.of("B1")), histories(dataset));
        assertEquals(Map.of("A", List.of(10_000L, 20_000L), "C", List.of(5_000L)), times(dataset));
        assertEquals(new ImportProblems(5, List.of(), List.of()), dataset.problems());
        SourceDataset liked = read(Format.AMAZON, folder, new Selection(OptionalDouble.of(4), 0, 0));
        assertEquals(Map.of("A", List.of("B1"), "C", List.of("B1")), histories(liked));
    }

    @Test
    void reviewsOf2023AreReadByTheParent() throws IOException {
        file("Books.jsonl", review2023("U", "P1", 2_000), review2023("U", "P2", 1_000));
        file("meta_Books.jsonl", "{\"main_category\": null, \"title\": \"Tea\", \"parent_asin\": \"P1\"}",
                "{\"title\": null, \"parent_asin\": \"P2\"}");
        file("meta_Toys.jsonl", "{}");

        SourceDataset dataset = read(Format.AMAZON, folder);

        assertEquals(List.of("P1=Tea", "P2="), items(dataset));
        assertEquals(Map.of("U", List.of("P2", "P1")), histories(dataset));
        assertEquals(Map.of("U", List.of(1_000L, 2_000L)), times(dataset));
        assertEquals(List.of("meta_Books.jsonl:2: item 'P2' has no title; it was kept"), notes(dataset));
    }

    @Test
    void theTextIsTheTitleUnlessEveryFieldIsAskedFor() throws IOException {
        file("X_5.json", review2018("A", "B1", 1, 5), review2018("A", "B2", 2, 5));
        file("meta_X.json", "{\"asin\": \"B1\", \"title\": \"Tea\", \"brand\": \"Acme\", \"category\": [\"Grocery\", \"Drinks\"], "
                + "\"feature\": [], \"description\": [\"Green.\", \"Loose.\"], \"price\": \"$3\"}",
                "{\"asin\": \"B2\", \"title\": \"Milk\"}");
        assertEquals(Map.of("B1", "Tea\nAcme\nGrocery, Drinks\nGreen., Loose.", "B2", "Milk"),
                texts(Format.AMAZON, folder, Columns.USUAL));
        assertEquals("Tea", read(Format.AMAZON, folder).items().getFirst().text());

        file("meta_X.json", "{\"parent_asin\": \"B1\", \"title\": \"Tea\", \"store\": \"Acme\", \"categories\": [\"Grocery\"], "
                + "\"features\": [\"20 bags\"], \"description\": []}",
                "{\"parent_asin\": \"B2\", \"title\": null, \"store\": \"Dune\"}");
        assertEquals(Map.of("B1", "Tea\nAcme\nGrocery\n20 bags", "B2", "Dune"), texts(Format.AMAZON, folder, Columns.USUAL));
    }

    @Test
    void badLinesAreReportedAndTheOthersKept() throws IOException {
        file("X.json", review2018("A", "B1", 1, 5), "{'reviewerID': 'A'}", "[1]", "{\"reviewerID\": \"A\", \"overall\": 1.0}",
                "{\"reviewerID\": \"A\", \"asin\": [], \"overall\": 1.0}", "", review2018("A", "B2", 2, 5),
                "{\"reviewerID\": \"A\", \"asin\": \"B3\", \"overall\": 1.0}");

        SourceDataset dataset = read(Format.AMAZON, folder);

        assertEquals(Map.of("A", List.of("B1", "B2")), histories(dataset));
        assertEquals(7, dataset.problems().lines());
        assertEquals(List.of(2L, 3L, 4L, 5L, 8L), dataset.problems().problems().stream().map(ImportProblems.Problem::line).toList());
        assertTrue(problems(dataset).getFirst().startsWith("X.json:2: no JSON object (JSON: field name expected"),
                problems(dataset).getFirst());
        assertEquals("X.json:4: no parent_asin or asin; the line was left out", problems(dataset).get(2));
    }

    private static String review2018(String user, String item, long time, int stars) {
        return "{\"overall\": %d.0, \"verified\": true, \"reviewerID\": \"%s\", \"asin\": \"%s\", \"unixReviewTime\": %d}"
                .formatted(stars, user, item, time);
    }

    private static String review2023(String user, String parent, long time) {
        return ("{\"rating\": 5.0, \"title\": \"Nice\", \"asin\": \"x\", \"parent_asin\": \"%s\", \"user_id\": \"%s\", "
                + "\"timestamp\": %d}").formatted(parent, user, time);
    }
}
