package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LinesTest extends SourceFolder {
    @Test
    void longAndShortLinesAreReadWhole() throws IOException {
        String wide = "\u00e9".repeat(100_000);
        for (String name : new String[] {"plain", "packed.gz"}) {
            try (Lines lines = Lines.open(file(name, "a", "", wide, "b\r"))) {
                assertEquals("a", lines.next());
                assertEquals("", lines.next());
                assertEquals(wide, lines.next());
                assertEquals("b", lines.next());
                assertEquals(4, lines.number());
                assertNull(lines.next());
            }
        }
    }

    @Test
    void whatIsNoFileOfLinesIsSaid() throws IOException {
        Path cut = file("cut.gz", "a".repeat(1000));
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 20));
        Path plain = file("plain.gz.txt", "a");
        Path misnamed = Files.move(plain, folder.resolve("false.gz"));
        Path endless = Files.write(folder.resolve("endless"), new byte[(1 << 24) + 1]);
        assertSaid(() -> all(cut), "cannot read " + cut);
        assertSaid(() -> all(misnamed), "cannot read " + misnamed, "GZIP");
        assertSaid(() -> all(endless), "endless:1: the line is longer than 16 MiB");
        assertSaid(() -> all(folder.resolve("none")), "there is no such file");
    }

    private static void all(Path file) {
        try (Lines lines = Lines.open(file)) {
            while (lines.next() != null) {
                // Read to the end.
            }
        }
    }
}
