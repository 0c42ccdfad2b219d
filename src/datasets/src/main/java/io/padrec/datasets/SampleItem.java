package io.padrec.datasets;

import io.padrec.datasets.Products.Product;

/**
 * An item of the synthetic sample with what its maker knows of it.
 *
 * @param product  index in {@link Products#ALL}
 * @param size     index of the product's sizes
 * @param style    what people like or not and no title says: that is left to be learned from behaviour
 * @param weight   popularity among the product's items
 * @param arriving new in the shop: nobody has bought it but as one of the last two items
 */
record SampleItem(int product, String brand, String quality, String family, String flavour, int size, int style,
        double weight, boolean arriving) {
    static final int STYLES = 5;

    Product kind() {
        return Products.ALL.get(product);
    }

    String title() {
        return String.join(" ", brand, quality, flavour, kind().name()).replace("  ", " ") + ", " + kind().sizes().get(size);
    }
}
