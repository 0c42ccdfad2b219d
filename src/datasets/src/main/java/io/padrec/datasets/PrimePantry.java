package io.padrec.datasets;

import io.padrec.core.Item;
import io.padrec.core.PadrecException;
import io.padrec.core.UserHistory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Amazon Prime Pantry as the PAD authors prepared it from the Amazon review data of 2018: two CSV files of their public
 * repository. Items are numbered in the order of the metadata file, as theirs are.
 */
public final class PrimePantry {
    private static final String ITEMS = "metadata_Prime_Pantry.csv";
    private static final String HISTORIES = "Prime_Pantry_cleaned_history.csv";
    /** A commit after the preprocessing scripts came in; the files are checked by content, so a moved one is noticed. */
    private static final URI SOURCE = URI.create("https://raw.githubusercontent.com/Applied-Machine-Learning-Lab/PAD/"
            + "01d03d989a27f46315064be309b58a3f51d68bae/dataset/");
    private static final List<Download.RemoteFile> FILES = List.of(
            new Download.RemoteFile(ITEMS, 696_107, "539a936c75d982305eb82b28f8f8e4a85cf88c002b492045d26e4f86502c85d0"),
            new Download.RemoteFile(HISTORIES, 1_904_474,
                    "9087dcb1c800b1270840fa7f5a037177fcb485e48c12aa04296203476fd69485"));

    private PrimePantry() {
    }

    /**
     * Downloads the two files from the authors' repository (2.6 MB), unless they are there already.
     *
     * @param folder where to; made if it is not there
     * @throws PadrecException where the network, the server or the disk fails, or a file is not what it was when this was
     *                         written; what is already whole stays
     */
    public static void download(Path folder, DownloadProgress progress) {
        download(SOURCE, folder, progress);
    }

    static void download(URI source, Path folder, DownloadProgress progress) {
        new Download(source, progress).fetch(FILES, folder);
    }

    /**
     * Reads the two files from a folder. Lines that cannot be used are left out and counted; users with fewer than three
     * items are kept (they train, and are not evaluated); items without a title are kept and noted.
     *
     * @throws PadrecException where a file is missing or is not what it should be, or nothing usable is in it
     */
    public static SourceDataset read(Path folder) {
        ProblemLog log = new ProblemLog();
        List<Item> items = items(folder.resolve(ITEMS), log);
        Set<String> known = new HashSet<>();
        items.forEach(item -> known.add(item.id()));
        List<UserHistory> histories = histories(folder.resolve(HISTORIES), known, log);
        return new SourceDataset("prime-pantry", "Amazon Prime Pantry as prepared by the PAD authors, from " + folder, items,
                histories, log.toProblems());
    }

    private static List<Item> items(Path file, ProblemLog log) {
        Map<String, Item> items = new LinkedHashMap<>();
        Map<String, Long> lines = new HashMap<>();
        CsvTable.read(file, List.of("asin", "title"), log, (line, values) -> {
            String asin = values.get(0).strip();
            String title = values.get(1);
            if (asin.isEmpty()) {
                log.problem(ITEMS, line, "no asin; the line was left out");
            } else if (items.putIfAbsent(asin, new Item(asin, title)) != null) {
                log.problem(ITEMS, line, "item " + ProblemLog.quote(asin) + " stands in line " + lines.get(asin)
                        + " already; this line was left out");
            } else {
                lines.put(asin, line);
                if (title.isBlank()) {
                    log.note(ITEMS, line, "item " + ProblemLog.quote(asin) + " has no title; it was kept");
                }
            }
        });
        if (items.isEmpty()) {
            throw new PadrecException(file + " holds no item; give the file as its publisher made it");
        }
        return new ArrayList<>(items.values());
    }

    private static List<UserHistory> histories(Path file, Set<String> known, ProblemLog log) {
        Map<String, UserHistory> histories = new LinkedHashMap<>();
        CsvTable.read(file, List.of("user", "history"), log, (line, values) -> {
            String user = values.get(0).strip();
            List<String> items;
            try {
                items = PythonList.parse(values.get(1)).stream().map(String::strip).toList();
            } catch (IllegalArgumentException e) {
                log.problem(HISTORIES, line, "the history is not a list of texts (" + e.getMessage()
                        + "); the line was left out");
                return;
            }
            List<String> kept = items.stream().filter(known::contains).toList();
            if (user.isEmpty()) {
                log.problem(HISTORIES, line, "no user; the line was left out");
            } else if (histories.containsKey(user)) {
                log.problem(HISTORIES, line, "user " + ProblemLog.quote(user) + " stands in an earlier line already; this line"
                        + " was left out");
            } else if (kept.isEmpty()) {
                log.problem(HISTORIES, line, "user " + ProblemLog.quote(user) + " has no known item; the line was left out");
            } else {
                histories.put(user, new UserHistory(user, kept));
                if (kept.size() < items.size()) {
                    log.problem(HISTORIES, line, unknown(items, known));
                }
            }
        });
        if (histories.isEmpty()) {
            throw new PadrecException(file + " holds no history of known items; give the file that belongs to " + ITEMS);
        }
        return new ArrayList<>(histories.values());
    }

    private static String unknown(List<String> items, Set<String> known) {
        List<String> unknown = items.stream().filter(item -> !known.contains(item)).toList();
        return unknown.size() + " of " + items.size() + " items are not in " + ITEMS + " and were left out, the first is "
                + ProblemLog.quote(unknown.getFirst());
    }
}
