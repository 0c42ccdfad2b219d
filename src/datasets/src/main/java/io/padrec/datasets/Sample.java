package io.padrec.datasets;

import io.padrec.core.Item;
import io.padrec.core.UserHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The built-in synthetic dataset: an invented grocery shop and the people who buy there. Nothing of it is real. It is small
 * enough to train on in minutes, and made so that both behaviour and titles carry something that the other does not:
 * tastes show in the titles' words (brand, flavour, quality, size), so that rare and never-seen items can be found by their
 * text, while a hidden style, popularity and fixed next items show in behaviour alone.
 */
public final class Sample {
    private static final int USERS = 2_000;
    private static final int ITEMS = 1_000;
    private static final int ARRIVING = 100;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 25;
    /** Of the exponential that history lengths beyond the shortest follow. */
    private static final double MEAN_BEYOND = 4.4;

    private Sample() {
    }

    /**
     * Generates the sample: 2 000 users with 5 to 25 items each (about 9), 1 000 items, of which about a tenth occur in no
     * training history under leave-one-out.
     *
     * @param seed the same seed gives the same dataset to the byte, on every machine
     */
    public static SourceDataset generate(long seed) {
        // The algorithms of Random and StrictMath are fixed by the Java platform; others may change with its version.
        Random random = new Random(seed);
        SampleShop shop = new SampleShop(ITEMS, ARRIVING, random);
        List<Item> items = new ArrayList<>();
        for (SampleItem item : shop.items()) {
            items.add(new Item(id("item", items.size() + 1), item.title()));
        }
        List<UserHistory> histories = new ArrayList<>();
        for (int user = 1; user <= USERS; user++) {
            List<Integer> taken = new SampleShopper(shop, random).shop(length(random));
            histories.add(new UserHistory(id("user", user), taken.stream().map(i -> items.get(i).id()).toList()));
        }
        return new SourceDataset("sample", "synthetic sample, seed " + seed + ": invented items and people, made by padrec",
                items, histories, ImportProblems.NONE);
    }

    private static String id(String kind, int number) {
        return String.format(Locale.ROOT, "%s-%04d", kind, number); // some languages have digits of their own
    }

    private static int length(Random random) {
        double beyond = -MEAN_BEYOND * StrictMath.log(1 - random.nextDouble());
        return (int) Math.min(LONGEST, SHORTEST + Math.floor(beyond));
    }
}
