package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.PadrecException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The vectors of a bundle's items and of users, whose inner product is the score. All experts side by side are ΣD wide (3D where there
 * are three), the gate folded into the items' side (PAD, section 4); one expert alone is D wide, without gate. For the thread that opened it.
 */
public final class Vectors implements AutoCloseable {
    private final Recommender recommender;
    private final Catalogue catalogue;
    private final NDManager manager;
    private final List<NDArray> tables;

    private Vectors(Recommender recommender, Catalogue catalogue, NDManager manager) {
        this.recommender = recommender;
        this.catalogue = catalogue;
        this.manager = manager;
        this.tables = recommender.tables();
    }

    /**
     * @param bundle of any phase
     * @param expert the one whose vectors are wanted; empty = all of the bundle's
     * @throws PadrecException where the bundle has no such expert, or the device is not there
     */
    public static Vectors open(Bundle bundle, Optional<String> expert, Settings settings) {
        List<String> experts = Bundles.experts(bundle);
        if (expert.isPresent() && !experts.contains(expert.get())) {
            throw new PadrecException("the bundle has no expert '" + expert.get() + "'; use " + String.join(" or ", experts));
        }
        NDManager manager = PyTorch.open(settings);
        try {
            return new Vectors(Bundles.recommender(bundle, expert.map(List::of).orElse(experts), manager), Bundles.catalogue(bundle),
                    manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** The items, numbered from 1. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** Of an item's and of a user's vector. */
    public int width() {
        return tables.stream().mapToInt(table -> Math.toIntExact(table.getShape().get(1))).sum();
    }

    /** Item vectors [N, width] row by row, the first item's first. */
    public float[] items() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] all = recommender.gated(recommender.allItems(), tables).toFloatArray();
            // The first row is padding's.
            return Arrays.copyOfRange(all, width(), all.length);
        }
    }

    /**
     * User vectors [B, width] row by row.
     *
     * @param histories item numbers, oldest first; none is empty
     */
    public float[] users(int[][] histories) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return Torch.concat(1, recommender.newestStatesOfEach(tables, histories).toArray(NDArray[]::new)).toFloatArray();
        }
    }

    /** Frees its memory. */
    @Override
    public void close() {
        manager.close();
    }
}
