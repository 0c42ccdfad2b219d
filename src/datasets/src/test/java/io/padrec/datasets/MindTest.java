package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MindTest extends SourceFolder {
    @Test
    void aHistoryIsWhatWasReadBeforeAndThenTheClicksByTime() throws IOException {
        news();
        file("behaviors.tsv", "1\tU1\t11/15/2019 8:55:22 PM\tN1 N2\tN3-0 N4-1", "2\tU1\t11/15/2019 8:55:22 AM\tN1 N2\tN3-1 N4-0",
                "3\tU2\t11/9/2019 12:00:00 AM\t\tN2-1");

        SourceDataset dataset = read(Format.MIND, folder);

        assertEquals(List.of("N1=Rain \"again\"", "N2=Sun", "N3=Snow", "N4=Wind"), items(dataset));
        assertEquals(Map.of("U1", List.of("N1", "N2", "N3", "N4"), "U2", List.of("N2")), histories(dataset));
        // What was read before has the time of the first line of all.
        long first = Instant.parse("2019-11-09T00:00:00Z").toEpochMilli();
        long morning = Instant.parse("2019-11-15T08:55:22Z").toEpochMilli();
        assertEquals(Map.of("U1", List.of(first, first, morning, morning + 12 * 3_600_000), "U2", List.of(first)), times(dataset));
        assertEquals(new ImportProblems(7, List.of(), List.of()), dataset.problems());
        assertEquals(Map.of("N1", "Rain \"again\"\nweather\nrain\nIt rains.", "N2", "Sun\nweather\nsun",
                "N3", "Snow\nweather\nsnow", "N4", "Wind\nweather\nwind"), texts(Format.MIND, folder, Columns.USUAL));
    }

    @Test
    void badLinesAreReportedAndWhatIsGoodInThemIsKept() throws IOException {
        news();
        file("behaviors.tsv", "1\tU1\tyesterday\tN1\tN2-1", "2\tU1\t11/15/2019 8:55:22 AM\tN1", "3\tU1\t11/15/2019 8:55:22 AM\tN1\t"
                + "N2-1 N3 N4-0 N1", "4\tU2\t11/15/2019 8:55:22 AM\t\tN9-1");

        SourceDataset dataset = read(Format.MIND, folder);

        assertEquals(Map.of("U1", List.of("N1", "N2"), "U2", List.of("N9")), histories(dataset));
        assertEquals(List.of(
                "behaviors.tsv:1: time 'yesterday' is not like 11/15/2019 8:55:22 AM; the line was left out",
                "behaviors.tsv:2: 4 values where 5 are expected; the line was left out: '2?U1?11/15/2019 8:55:22 AM?N1'",
                "behaviors.tsv:3: impression 'N3' does not say whether it was clicked (-1 or -0); those of the line that do not"
                        + " were left out"), problems(dataset));
        assertEquals(List.of("behaviors.tsv:4: item 'N9' is not in news.tsv and has no title; it was kept"), notes(dataset));
    }

    @Test
    void itHasNoRatings() {
        assertSaid(() -> read(Format.MIND, folder, new Selection(OptionalDouble.of(4), 0, 0)), "mind has no ratings");
        assertSaid(() -> read(Format.MIND, folder), "there is no news.tsv (or news.tsv.gz) in " + folder);
    }

    private void news() throws IOException {
        file("news.tsv", "N1\tweather\train\tRain \"again\"\tIt rains.\thttps://x\t[]\t[]", "N2\tweather\tsun\tSun\t\thttps://x\t[]\t[]",
                "N3\tweather\tsnow\tSnow\t\thttps://x\t[]\t", "N4\tweather\twind\tWind\t\thttps://x\t[]\t[]");
    }
}
