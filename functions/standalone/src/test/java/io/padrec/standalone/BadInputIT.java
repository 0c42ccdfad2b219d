package io.padrec.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the input is said in one line; what is good beside it is kept. */
class BadInputIT {
    @TempDir
    static Path folder;

    @BeforeAll
    static void importsOnce() throws IOException {
        TinyShop.write(folder.resolve("files"));
        PadrecProcess.start(folder, "import", "--dataset", "prime-pantry", "--from", "files").succeeds();
    }

    private static String failure(String... arguments) {
        PadrecProcess process = PadrecProcess.start(folder, arguments);
        assertEquals(1, process.exitCode());
        return process.onlyError();
    }

    private static void assertSays(String error, String... parts) {
        for (String part : parts) {
            assertTrue(error.contains(part), error);
        }
    }

    @Test
    void aFolderWithoutTheFilesIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertSays(failure("import", "--dataset", "prime-pantry", "--from", "empty", "--home", "h1"), "empty");
    }

    @Test
    void moreThanOneBadLineInAHundredIsAFailureThatKeepsTheGoodOnes() throws IOException {
        String[] bad = new String[10];
        Arrays.fill(bad, "9999,BAD,\"['B000', 'B001'\"");
        TinyShop.write(folder.resolve("bad"), bad);
        PadrecProcess process = PadrecProcess.start(folder, "quickstart", "--dataset", "prime-pantry", "--from", "bad", "--home",
                "h2", "--no-serve");
        assertEquals(1, process.exitCode());
        assertSays(process.onlyError(), "10 of ", "lines are bad");
        List<Map<String, Object>> notes = process.lines().stream().filter(line -> line.containsKey("note")).toList();
        assertTrue(notes.size() >= 3 && notes.getFirst().get("note").toString().contains(":" + (TinyShop.USERS + 2) + ":"),
                notes.toString());
        assertEquals(List.of(), process.states("embed"));

        PadrecProcess again = PadrecProcess.start(folder, "import", "--dataset", "prime-pantry", "--home", "h2").succeeds();
        assertEquals(List.of("skipped"), again.states("import"));
        assertTrue(again.lines().getFirst().get("detail").toString().contains(TinyShop.USERS + " users"));
    }

    @Test
    void aDatasetOfOnesOwnIsImportedAndEmbedded() throws IOException {
        Files.createDirectories(folder.resolve("own"));
        Files.writeString(folder.resolve("own/log.csv"), "who,what,stars,name,when\n"
                + "ann,1,5,Tea,1700000000\nann,2,4,Milk,1700000001\nbob,1,1,Tea,1700000002\n");
        PadrecProcess.start(folder, "import", "--dataset", "own", "--format", "csv", "--from", "own/log.csv", "--columns",
                "user=who,item=what,rating=stars,title=name,time=when", "--min-rating", "3", "--k-core", "1").succeeds();
        PadrecProcess process = PadrecProcess.start(folder, "embed", "--dataset", "own", "--split", "temporal").succeeds();
        assertEquals("done", process.states("embed").getLast());
    }

    @Test
    void vectorsOfTheWrongShapeOrNotANumberAreRefused() throws IOException {
        npy("short.npy", TinyShop.ITEMS - 1, 1f);
        assertSays(failure("embed", "--dataset", "prime-pantry", "--embeddings", "short.npy"), "short.npy",
                Integer.toString(TinyShop.ITEMS - 1));
        npy("nan.npy", TinyShop.ITEMS, Float.NaN);
        assertSays(failure("embed", "--dataset", "prime-pantry", "--embeddings", "nan.npy"), "nan.npy", "NaN");
        npy("good.npy", TinyShop.ITEMS, 1f);
        PadrecProcess.start(folder, "embed", "--dataset", "prime-pantry", "--embeddings", "good.npy").succeeds();
    }

    @Test
    void stepsOutOfOrderSayWhatComesFirst() {
        assertSays(failure("quickstart", "--dataset", "mine", "--no-serve"), "no dataset 'mine' in the store", "--format");
        assertSays(failure("embed", "--dataset", "sample"), "padrec import --dataset sample");
        assertSays(failure("recommend", "--user", "U"), "padrec quickstart");
    }

    @Test
    void aDatabaseThatIsDownIsSaid() {
        PadrecProcess process = PadrecProcess.start(folder, Map.of("QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://127.0.0.1:1/padrec", "QUARKUS_DATASOURCE_USERNAME", "u", "QUARKUS_DATASOURCE_PASSWORD", "p"),
                "runs", "--home", "h3");
        assertEquals(1, process.exitCode());
        assertSays(process.onlyError(), "127.0.0.1:1");
    }

    /** A NumPy file [rows, 3] of float32, the last number {@code last}. */
    private static void npy(String name, int rows, float last) throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", 3), }";
        header += " ".repeat((64 - (10 + header.length() + 1) % 64) % 64) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + rows * 12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < rows * 3 - 1; i++) {
            bytes.putFloat((i * 7919) % 101 / 101f);
        }
        Files.write(folder.resolve(name), bytes.putFloat(last).array());
    }
}
