package io.padrec.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.datasets.Products.Product;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductsTest {
    @Test
    void everyProductIsFollowedByProductsThatExist() {
        List<String> names = Products.ALL.stream().map(Product::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size());
        for (Product product : Products.ALL) {
            assertTrue(names.containsAll(product.next()), product.toString());
            assertTrue(!product.next().contains(product.name()), product.toString());
        }
    }

    @Test
    void everyProductHasFlavoursSizesAndQualities() {
        for (Product product : Products.ALL) {
            assertTrue(Products.FLAVOURS.keySet().containsAll(product.families()), product.toString());
            assertTrue(product.sizes().size() >= 2, product.toString());
            assertEquals(5, new HashSet<>(Products.qualities(product.aisle())).size());
        }
    }

    @Test
    void noBrandStandsTwice() {
        assertEquals(Products.BRANDS.size(), new HashSet<>(Products.BRANDS).size());
    }
}
