package io.padrec.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A dataset of a few hundred users in Prime Pantry's format, so that everything real runs in seconds. */
final class TinyShop {
    static final int USERS = 400;
    static final int ITEMS = 200;
    private static final String[] KINDS = {"Green Tea", "Tomato Soup", "Dish Soap", "Potato Chips"};
    private static final String[] BRANDS = {"Acme", "Borealis", "Crumb", "Dune"};

    private TinyShop() {
    }

    static String user(int number) {
        return "U" + number;
    }

    static String item(int number) {
        return "B%03d".formatted(number);
    }

    /** Writes both files, the histories followed by {@code moreHistories}, and returns their folder. */
    static Path write(Path folder, String... moreHistories) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder items = new StringBuilder("asin,title\n");
        for (int i = 0; i < ITEMS; i++) {
            items.append(item(i)).append(",\"").append(BRANDS[random.nextInt(4)]).append(' ').append(KINDS[i % 4]).append(", ")
                    .append(1 + i / 4).append(" oz\"\n");
        }
        StringBuilder histories = new StringBuilder(",user,history\n");
        for (int u = 0; u < USERS; u++) {
            int kind = random.nextInt(4);
            int at = random.nextInt(ITEMS / 4);
            histories.append(u).append(',').append(user(u)).append(",\"[");
            for (int i = 0, length = 6 + random.nextInt(6); i < length; i++) {
                histories.append(i == 0 ? "'" : ", '").append(item(4 * at + kind)).append('\'');
                at = (at + 1 + random.nextInt(3)) % (ITEMS / 4);
            }
            histories.append("]\"\n");
        }
        for (String line : moreHistories) {
            histories.append(line).append('\n');
        }
        Files.writeString(folder.resolve("metadata_Prime_Pantry.csv"), items);
        Files.writeString(folder.resolve("Prime_Pantry_cleaned_history.csv"), histories);
        return folder;
    }
}
