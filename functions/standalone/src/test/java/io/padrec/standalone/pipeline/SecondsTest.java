package io.padrec.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondsTest {
    @TempDir
    Path folder;

    @Test
    void timesOfSeveralAttemptsAddUpAcrossProcesses() {
        Path file = folder.resolve("seconds.json");
        new Seconds(file).set("pretrain", 10);
        new Seconds(file).set("align", 1);
        assertEquals(12.5, new Seconds(file).add("pretrain", System.nanoTime() - 2_500_000_000L), 0.5);
        assertEquals(12.5, new Seconds(file).of("pretrain"), 0.5);
        assertEquals(1, new Seconds(file).of("align"));
    }

    @Test
    void anUnknownStepTookNoTime() {
        assertEquals(0, new Seconds(folder.resolve("none")).of("import"));
    }

    @Test
    void aDamagedFileIsRefusedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("seconds.json"), "{");
        assertThrows(PadrecException.class, () -> new Seconds(file).of("import"));
    }
}
