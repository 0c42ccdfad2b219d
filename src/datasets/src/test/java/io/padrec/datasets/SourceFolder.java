package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.PadrecException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the formats share: files in a folder, and datasets as texts. */
abstract class SourceFolder {
    @TempDir
    Path folder;

    /** Writes a file, compressed where its name says so. */
    Path file(String name, String... lines) throws IOException {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(name);
        try (OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(bytes);
        }
        return file;
    }

    static SourceDataset read(Format format, Path path) {
        return new SourceFiles(format, path, Columns.USUAL, Selection.ALL).read("mine");
    }

    static SourceDataset read(Format format, Path path, Selection selection) {
        return new SourceFiles(format, path, Columns.USUAL, selection).read("mine");
    }

    /** Items as {@code id=title}, in their order. */
    static List<String> items(SourceDataset dataset) {
        return dataset.items().stream().map(item -> item.id() + "=" + item.title()).toList();
    }

    /** Texts by item, as {@code --text all} has them. */
    static Map<String, String> texts(Format format, Path path, Columns columns) {
        Selection everything = new Selection(OptionalDouble.empty(), 0, 0, true);
        Map<String, String> texts = new TreeMap<>();
        new SourceFiles(format, path, columns, everything).read("mine").items().forEach(item -> texts.put(item.id(), item.text()));
        return texts;
    }

    /** Histories by user. */
    static Map<String, List<String>> histories(SourceDataset dataset) {
        Map<String, List<String>> histories = new TreeMap<>();
        dataset.histories().forEach(history -> histories.put(history.user(), history.items()));
        return histories;
    }

    /** When the items of the histories were taken, by user. */
    static Map<String, List<Long>> times(SourceDataset dataset) {
        Map<String, List<Long>> times = new TreeMap<>();
        dataset.histories().forEach(history -> times.put(history.user(), Arrays.stream(history.times()).boxed().toList()));
        return times;
    }

    static List<String> problems(SourceDataset dataset) {
        return dataset.problems().problems().stream().map(Object::toString).toList();
    }

    static List<String> notes(SourceDataset dataset) {
        return dataset.problems().notes().stream().map(Object::toString).toList();
    }

    static void assertSaid(Executable call, String... parts) {
        String message = assertThrows(PadrecException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertEquals(1, message.lines().count(), message);
    }
}
