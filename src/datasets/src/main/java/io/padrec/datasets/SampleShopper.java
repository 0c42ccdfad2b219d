package io.padrec.datasets;

import io.padrec.datasets.Products.Product;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A person of the synthetic sample: latent tastes (aisles, brands, a flavour family, a quality, a size, a hidden style) and
 * a next-step process. Each step either follows the last item (its partner, or a product bought after it) or comes from a
 * favourite aisle; which item of a product it is, popularity and taste decide together. No item is taken twice.
 */
final class SampleShopper {
    private static final double TO_PARTNER = 0.06;
    private static final double TO_NEXT_PRODUCT = 0.30;
    private static final double TO_SAME_PRODUCT = 0.30;
    private static final double ARRIVING = 0.11;

    private static final int QUALITIES = 5;

    private final SampleShop shop;
    private final Random random;
    private final List<Integer> products = new ArrayList<>();
    private final Set<String> brands = new LinkedHashSet<>();
    private final String family;
    private final String flavour;
    private final int quality;
    private final double size;
    private final int style;

    SampleShopper(SampleShop shop, Random random) {
        this.shop = shop;
        this.random = random;
        List<String> aisles = SampleShop.aisles();
        Set<String> favourites = new LinkedHashSet<>();
        while (favourites.size() < 2) {
            favourites.add(aisles.get(random.nextInt(aisles.size())));
        }
        Set<String> families = new LinkedHashSet<>();
        for (int p = 0; p < Products.ALL.size(); p++) {
            Product product = Products.ALL.get(p);
            if (favourites.contains(product.aisle())) {
                products.add(p);
                families.addAll(product.families());
            }
        }
        for (String aisle : favourites) {
            List<String> known = SampleShop.brands(aisle);
            brands.add(known.get(random.nextInt(known.size())));
            brands.add(known.get(random.nextInt(known.size())));
        }
        family = List.copyOf(families).get(random.nextInt(families.size()));
        List<String> flavours = Products.FLAVOURS.get(family);
        flavour = flavours.get(random.nextInt(flavours.size()));
        quality = random.nextInt(QUALITIES);
        size = random.nextDouble();
        style = random.nextInt(SampleItem.STYLES);
    }

    /** A history, oldest item first. */
    List<Integer> shop(int length) {
        Set<Integer> taken = new LinkedHashSet<>();
        int last = -1;
        while (taken.size() < length) {
            boolean late = taken.size() >= length - 2;
            last = step(last, late && random.nextDouble() < ARRIVING);
            taken.add(last); // one that was taken before sends the shopper on from there
        }
        return List.copyOf(taken);
    }

    private int step(int last, boolean arriving) {
        double way = random.nextDouble();
        if (last >= 0 && !arriving && way < TO_PARTNER) {
            return shop.partner(last);
        }
        int product = products.get(random.nextInt(products.size()));
        if (last >= 0 && way < TO_PARTNER + TO_NEXT_PRODUCT) {
            List<String> next = shop.items().get(last).kind().next();
            product = SampleShop.productNamed(next.get(random.nextInt(next.size())));
        } else if (last >= 0 && way < TO_PARTNER + TO_NEXT_PRODUCT + TO_SAME_PRODUCT) {
            product = shop.items().get(last).product();
        }
        return pick(product, arriving);
    }

    /** Popularity times the exponential of liking; of the arriving items alone where there are some and they are asked for. */
    private int pick(int product, boolean arriving) {
        List<Integer> all = shop.of(product);
        boolean some = arriving && all.stream().anyMatch(i -> shop.items().get(i).arriving());
        List<Integer> candidates = all.stream().filter(i -> shop.items().get(i).arriving() == some).toList();
        double[] weights = new double[candidates.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            SampleItem item = shop.items().get(candidates.get(i));
            weights[i] = (some ? 1 : item.weight()) * StrictMath.exp(liking(item));
            sum += weights[i];
        }
        double left = random.nextDouble() * sum;
        int i = 0;
        while (i < weights.length - 1 && left >= weights[i]) {
            left -= weights[i++];
        }
        return candidates.get(i);
    }

    private double liking(SampleItem item) {
        double liking = 0;
        liking += brands.contains(item.brand()) ? 2.0 : 0;
        liking += item.family().equals(family) ? 1.5 : 0;
        liking += item.flavour().equals(flavour) ? 2.5 : 0;
        liking += Products.qualities(item.kind().aisle()).indexOf(item.quality()) == quality ? 1.2 : 0;
        liking += item.style() == style ? 0.6 : 0;
        double itemSize = item.size() / (item.kind().sizes().size() - 1.0);
        return liking - StrictMath.abs(itemSize - size);
    }
}
