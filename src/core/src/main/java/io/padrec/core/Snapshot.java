package io.padrec.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Everything a training run sees: the items in their order, the histories and how they are split, and the items' text vectors.
 * Immutable and named by the SHA-256 of its file, so a run's result is a function of (snapshot, configuration, seed) alone.
 *
 * @param catalogue items 1..N
 * @param split     the histories, item numbers, oldest first, and what of them is held out
 * @param text      text vectors [N + 1, T] row by row, row 0 (padding) zero
 * @param textWidth T
 */
public record Snapshot(Catalogue catalogue, Split split, float[] text, int textWidth) {
    public static final int BINS = 10;
    private static final String SUFFIX = ".snapshot";

    /** The two times of a temporal split, which alone has this tensor and the histories' times. */
    private static final String CUTS = "split.cuts";
    private static final String TIMES = "histories.times";

    public Snapshot {
        if (text.length != (catalogue.size() + 1) * textWidth) {
            throw new IllegalArgumentException("text vectors of " + text.length + " numbers for " + catalogue.size()
                    + " items of width " + textWidth);
        }
    }

    /** A snapshot that is split by leave-one-out. */
    public Snapshot(Catalogue catalogue, Histories histories, float[] text, int textWidth) {
        this(catalogue, new LeaveOneOut(histories), text, textWidth);
    }

    public int items() {
        return catalogue.size();
    }

    public Histories histories() {
        return split.histories();
    }

    /** The bins of the items' training frequencies. */
    public FrequencyBins bins() {
        return bins(BINS);
    }

    /** The same in another number of bins. */
    public FrequencyBins bins(int count) {
        return new FrequencyBins(split.trainFrequencies(items()), count);
    }

    /**
     * Writes the snapshot into {@code folder} under its content's name.
     *
     * @return the SHA-256 of the file {@code folder/HASH.snapshot}
     */
    public String write(Path folder) {
        // A name of its own until the content's is known: two snapshots may be cut at the same time.
        Path unnamed = folder.resolve(UUID.randomUUID() + ".unnamed");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("items.ids", Tensor.ofStrings(catalogue.ids()));
        tensors.put("items.titles", Tensor.ofStrings(catalogue.titles()));
        tensors.put("users.ids", Tensor.ofStrings(histories().userIds()));
        tensors.put("histories.offsets", Tensor.of(histories().offsets(), histories().offsets().length));
        tensors.put("histories.items", Tensor.of(histories().items(), histories().items().length));
        if (split instanceof Temporal temporal) {
            tensors.put(TIMES, Tensor.of(histories().times(), histories().times().length));
            tensors.put(CUTS, Tensor.of(new long[] {temporal.validationFrom(), temporal.testFrom()}, 2));
        }
        tensors.put("text", Tensor.of(text, catalogue.size() + 1, textWidth));
        String[] hash = new String[1];
        AtomicFiles.write(unnamed, temporary -> {
            Safetensors.write(temporary, tensors);
            hash[0] = AtomicFiles.sha256(temporary);
        });
        try {
            Files.move(unnamed, file(folder, hash[0]), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PadrecException("cannot write " + file(folder, hash[0]) + ": " + e.getMessage(), e);
        }
        return hash[0];
    }

    /** @throws PadrecException where the file is missing, or its content is not what its name says */
    public static Snapshot read(Path folder, String hash) {
        Path file = file(folder, hash);
        try {
            if (!AtomicFiles.sha256(file).equals(hash)) {
                throw new PadrecException(file + " was altered: its content does not match its name; delete it and cut the "
                        + "snapshot again");
            }
            Map<String, Tensor> tensors = Safetensors.read(file);
            Tensor.Floats text = (Tensor.Floats) tensors.get("text");
            return new Snapshot(
                    new Catalogue(strings(tensors, "items.ids"), strings(tensors, "items.titles")),
                    split(tensors), text.data(), text.shape()[1]);
        } catch (IOException e) {
            throw new PadrecException("cannot read the snapshot " + file + ": " + e.getMessage(), e);
        }
    }

    private static Split split(Map<String, Tensor> tensors) {
        Histories histories = new Histories(strings(tensors, "users.ids"), ints(tensors, "histories.offsets"),
                ints(tensors, "histories.items"), longs(tensors, TIMES));
        long[] cuts = longs(tensors, CUTS);
        return cuts == null ? new LeaveOneOut(histories) : new Temporal(histories, cuts[0], cuts[1]);
    }

    public static Path file(Path folder, String hash) {
        return folder.resolve(hash + SUFFIX);
    }

    /** The hash that a snapshot's file is named by: {@link #file} back again. */
    public static String hash(Path file) {
        return file.getFileName().toString().replace(SUFFIX, "");
    }

    private static List<String> strings(Map<String, Tensor> tensors, String name) {
        return Tensor.strings((Tensor.Bytes) tensors.get(name));
    }

    private static int[] ints(Map<String, Tensor> tensors, String name) {
        return ((Tensor.Ints) tensors.get(name)).data();
    }

    /** Null where there is no such tensor. */
    private static long[] longs(Map<String, Tensor> tensors, String name) {
        return tensors.get(name) instanceof Tensor.Longs longs ? longs.data() : null;
    }
}
