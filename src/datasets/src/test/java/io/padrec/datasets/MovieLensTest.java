package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MovieLensTest extends SourceFolder {
    @Test
    void csvIsRead() throws IOException {
        file("movies.csv", "movieId,title,genres", "1,\"Tea, The (1995)\",Drama", "2,Milk (1996),Comedy|War");
        file("ratings.csv.gz", "userId,movieId,rating,timestamp", "7,2,4.5,1112486027", "7,1,0.5,1112486000", "8,1,3.0,5");

        SourceDataset dataset = read(Format.MOVIELENS, folder);

        assertEquals(List.of("1=Tea, The (1995)", "2=Milk (1996)"), items(dataset));
        assertEquals(Map.of("1", "Tea, The (1995)\nDrama", "2", "Milk (1996)\nComedy, War"),
                texts(Format.MOVIELENS, folder, Columns.USUAL));
        assertEquals(Map.of("7", List.of("1", "2"), "8", List.of("1")), histories(dataset));
        assertEquals(Map.of("7", List.of(1_112_486_000_000L, 1_112_486_027_000L), "8", List.of(5_000L)), times(dataset));
        assertEquals(Map.of("7", List.of("2")), histories(read(Format.MOVIELENS, folder,
                new Selection(OptionalDouble.of(3.5), 0, 0))));
    }

    @Test
    void datIsReadInEitherEncoding() throws IOException {
        Files.write(folder.resolve("movies.dat"), "1::L\u00e9on: A Tale (1994)::Drama\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(folder.resolve("movies.dat"), "2::Am\u00e9lie (2001)::Romance\n", java.nio.file.StandardOpenOption.APPEND);
        file("ratings.dat", "1::1::5::978300760", "1::2::3::978302109");

        SourceDataset dataset = read(Format.MOVIELENS, folder);

        assertEquals(List.of("1=L\u00e9on: A Tale (1994)", "2=Am\u00e9lie (2001)"), items(dataset));
        assertEquals("Am\u00e9lie (2001)\nRomance", texts(Format.MOVIELENS, folder, Columns.USUAL).get("2"));
        assertEquals(Map.of("1", List.of("1", "2")), histories(dataset));
        assertEquals(Map.of("1", List.of(978_300_760_000L, 978_302_109_000L)), times(dataset));
    }

    @Test
    void badLinesAreReportedAndTheOthersKept() throws IOException {
        file("movies.dat", "1::Tea::Drama", "2::Milk");
        file("ratings.dat", "1::1::5::1", "1::1::5", "1::1::many::2", "1::1::5::", "1::2::5::3");

        SourceDataset dataset = read(Format.MOVIELENS, folder, new Selection(OptionalDouble.of(1), 0, 0));

        assertEquals(Map.of("1", List.of("1", "2")), histories(dataset));
        assertEquals(List.of("movies.dat:2: 2 values where 3 are expected; the line was left out: '2::Milk'",
                "ratings.dat:2: 3 values where 4 are expected; the line was left out: '1::1::5'",
                "ratings.dat:3: rating 'many' is no number; the line was left out",
                "ratings.dat:4: time '' is neither a number nor a date; the line was left out"), problems(dataset));
        assertEquals(List.of("ratings.dat:5: item '2' is not in movies.dat and has no title; it was kept"), notes(dataset));
    }
}
