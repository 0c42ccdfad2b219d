package io.padrec.datasets;

import io.padrec.datasets.Products.Product;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The items of the synthetic sample, about equally many of each product, with a popularity that falls with the rank
 * within a product (Zipf), a next item that people often take after an item, and some items that are just arriving.
 */
final class SampleShop {
    private static final int BRANDS_PER_AISLE = 8;
    /** How fast popularity falls with rank; tastes skew it further. */
    private static final double ZIPF = 0.8;

    private final List<SampleItem> items;
    private final List<List<Integer>> byProduct = new ArrayList<>();
    private final int[] partner;

    /**
     * @param size     number of items
     * @param arriving how many of them are arriving
     */
    SampleShop(int size, int arriving, Random random) {
        List<SampleItem> made = new ArrayList<>();
        for (int product = 0; product < Products.ALL.size(); product++) {
            int count = size * (product + 1) / Products.ALL.size() - size * product / Products.ALL.size();
            made.addAll(items(product, count, random));
        }
        Collections.shuffle(made, random);
        for (int i = 0; i < arriving; i++) {
            SampleItem item = made.get(i);
            made.set(i, new SampleItem(item.product(), item.brand(), item.quality(), item.family(), item.flavour(),
                    item.size(), item.style(), item.weight(), true));
        }
        Collections.shuffle(made, random);
        items = List.copyOf(made);
        for (int product = 0; product < Products.ALL.size(); product++) {
            byProduct.add(new ArrayList<>());
        }
        for (int i = 0; i < items.size(); i++) {
            byProduct.get(items.get(i).product()).add(i);
        }
        partner = items.stream().mapToInt(item -> partner(item, random)).toArray();
    }

    private static List<SampleItem> items(int product, int count, Random random) {
        Product kind = Products.ALL.get(product);
        List<String> brands = brands(kind.aisle());
        Set<String> titles = new HashSet<>();
        List<SampleItem> items = new ArrayList<>();
        while (items.size() < count) {
            String family = kind.families().get(random.nextInt(kind.families().size()));
            List<String> flavours = Products.FLAVOURS.get(family);
            List<String> qualities = Products.qualities(kind.aisle());
            String quality = random.nextInt(2) == 0 ? "" : qualities.get(random.nextInt(qualities.size()));
            SampleItem item = new SampleItem(product, brands.get(random.nextInt(brands.size())), quality, family,
                    flavours.get(random.nextInt(flavours.size())), random.nextInt(kind.sizes().size()),
                    random.nextInt(SampleItem.STYLES), StrictMath.pow(1 + items.size(), -ZIPF), false);
            if (titles.add(item.title())) {
                items.add(item);
            }
        }
        return items;
    }

    /** Each aisle has its brands, and neighbouring aisles share some. */
    static List<String> brands(String aisle) {
        List<String> aisles = aisles();
        int from = aisles.indexOf(aisle) * Products.BRANDS.size() / aisles.size();
        List<String> brands = new ArrayList<>();
        for (int i = 0; i < BRANDS_PER_AISLE; i++) {
            brands.add(Products.BRANDS.get((from + i) % Products.BRANDS.size()));
        }
        return brands;
    }

    static List<String> aisles() {
        return Products.ALL.stream().map(Product::aisle).distinct().toList();
    }

    private int partner(SampleItem item, Random random) {
        List<String> next = item.kind().next();
        String name = next.get(random.nextInt(next.size()));
        List<Integer> candidates = byProduct.get(productNamed(name)).stream().filter(i -> !items.get(i).arriving()).toList();
        return candidates.get(random.nextInt(candidates.size()));
    }

    static int productNamed(String name) {
        for (int p = 0; p < Products.ALL.size(); p++) {
            if (Products.ALL.get(p).name().equals(name)) {
                return p;
            }
        }
        throw new IllegalArgumentException("no product is named " + name);
    }

    List<SampleItem> items() {
        return items;
    }

    /** Indices of a product's items. */
    List<Integer> of(int product) {
        return byProduct.get(product);
    }

    /** The item that people most often take right after this one. */
    int partner(int item) {
        return partner[item];
    }
}
