package io.padrec.recommend;

import io.padrec.core.PadrecException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Divides requests among variants, by a hash of who asks: a user stays with a variant for as long as the split is the same, on
 * every server.
 */
final class Split {
    /** The model of a variant that serves whatever is promoted. */
    static final String PROMOTED = "promoted";
    private static final Pattern VARIANT = Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*=\\s*(.+?)\\s*:\\s*(\\d{1,6})\\s*");

    /**
     * @param model  id of its model, or {@code promoted}
     * @param weight its share of all weights
     */
    record Variant(String name, String model, int weight) {
        boolean isPromoted() {
            return model.equals(PROMOTED);
        }
    }

    private final List<Variant> variants;
    private final int weights;

    private Split(List<Variant> variants) {
        this.variants = variants;
        this.weights = variants.stream().mapToInt(Variant::weight).sum();
    }

    /**
     * @param entries {@code NAME=MODEL:WEIGHT} each, MODEL an id or {@code promoted}; none for the promoted model alone
     * @throws PadrecException where an entry is none, a name is there twice, or no weight is above 0
     */
    static Split of(List<String> entries) {
        List<Variant> variants = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : entries) {
            Matcher parts = VARIANT.matcher(entry);
            if (!parts.matches()) {
                throw wrong("holds '" + entry + "'");
            }
            variants.add(new Variant(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3))));
            if (!names.add(parts.group(1))) {
                throw wrong("names the variant '" + parts.group(1) + "' twice");
            }
        }
        if (variants.isEmpty()) {
            variants.add(new Variant(PROMOTED, PROMOTED, 1));
        }
        Split split = new Split(List.copyOf(variants));
        if (split.weights == 0) {
            throw wrong("gives no variant a weight above 0");
        }
        return split;
    }

    private static PadrecException wrong(String how) {
        return new PadrecException("padrec.recommend.variants " + how + "; give NAME=MODEL:WEIGHT,... such as "
                + "a=promoted:90,b=MODEL-ID:10");
    }

    List<Variant> variants() {
        return variants;
    }

    /** The variant for whoever this is. */
    Variant of(String key) {
        int place = Math.floorMod(mixed(key.hashCode()), weights);
        for (Variant variant : variants) {
            place -= variant.weight();
            if (place < 0) {
                return variant;
            }
        }
        throw new IllegalStateException("the weights of the variants do not add up");
    }

    /** Hashes of texts that are alike are alike too; this spreads them. The finisher of MurmurHash3. */
    private static int mixed(int hash) {
        int h = hash;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        return h ^ h >>> 16;
    }

    /** Ids of the models that it needs beside the promoted one. */
    List<String> models() {
        return variants.stream().filter(variant -> !variant.isPromoted()).map(Variant::model).distinct().toList();
    }
}
