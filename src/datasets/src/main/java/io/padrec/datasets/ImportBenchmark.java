package io.padrec.datasets;

import io.padrec.core.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes CSV files of any size and reads them, for {@code scripts/bench import}. */
public final class ImportBenchmark {
    private static final int MOST_USERS = 1_000_000;
    private static final int MOST_ITEMS = 100_000;
    /** Seconds of a year, over which the interactions are scattered. */
    private static final int YEAR = 365 * 24 * 3600;

    private ImportBenchmark() {
    }

    /** @param arguments the folder; and to write into it, how many interactions */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        if (arguments.length > 1) {
            write(folder, Long.parseLong(arguments[1]));
        } else {
            read(folder);
        }
    }

    private static void read(Path folder) {
        long began = System.nanoTime();
        SourceDataset dataset = new SourceFiles(Format.CSV, folder, Columns.USUAL, Selection.ALL).read("generated");
        double seconds = (System.nanoTime() - began) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.println(Json.write(Map.of("interactions", dataset.interactions(), "readSeconds", seconds,
                "readPeakHeapMiB", peak >> 20)));
    }

    private static void write(Path folder, long interactions) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("items.csv"))) {
            out.write("item,title\n");
            for (int item = 0; item < MOST_ITEMS; item++) {
                out.write("item-" + item + ",\"Product " + item + ", " + random.nextInt(100) + " oz\"\n");
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("interactions.csv"))) {
            out.write("user,item,rating,time\n");
            for (long i = 0; i < interactions; i++) {
                // Squared, so that some items are popular.
                double place = random.nextDouble();
                out.write("user-" + random.nextInt(MOST_USERS) + ",item-" + (int) (place * place * MOST_ITEMS) + ","
                        + (1 + random.nextInt(5)) + "," + (1_700_000_000L + random.nextInt(YEAR)) + "\n");
            }
        }
    }
}
