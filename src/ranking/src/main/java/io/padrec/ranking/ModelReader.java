package io.padrec.ranking;

import io.padrec.core.Bundle;
import io.padrec.core.Catalogue;
import io.padrec.core.PadrecException;
import io.padrec.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Takes a bundle of phase finetune apart and checks that everything in it fits together. */
final class ModelReader {
    private final Bundle bundle;
    private final String name;
    private final Catalogue catalogue;

    ModelReader(Bundle bundle, String name) {
        this.bundle = bundle;
        this.name = name;
        if (!"finetune".equals(bundle.manifest().get("phase"))) {
            throw refused("is of phase " + bundle.manifest().get("phase") + ", not finetune, and cannot be served");
        }
        try {
            this.catalogue = new Catalogue(strings("items.ids"), strings("items.titles"));
        } catch (IllegalArgumentException e) {
            throw refused("has an unusable catalogue: " + e.getMessage());
        }
        if (catalogue.size() == 0) {
            throw refused("holds no items");
        }
    }

    Map<String, Object> manifest() {
        return bundle.manifest();
    }

    Catalogue catalogue() {
        return catalogue;
    }

    List<Expert> experts() {
        List<Expert> experts = new ArrayList<>();
        if (bundle.manifest().get("experts") instanceof List<?> described) {
            for (Object expert : described) {
                experts.add(expert(new ExpertFields(expert)));
            }
        }
        if (experts.isEmpty()) {
            throw refused("names no experts in its manifest");
        }
        if (experts.stream().map(Expert::name).distinct().count() < experts.size()) {
            throw refused("names an expert twice");
        }
        return List.copyOf(experts);
    }

    Weights gate(int experts) {
        if (!(bundle.tensors().get("items.bins") instanceof Tensor.Ints bins)
                || !Arrays.equals(bins.shape(), new int[] {catalogue.size() + 1})) {
            throw refused("has no whole numbers 'items.bins' of shape [" + (catalogue.size() + 1) + "]");
        }
        int[] shape = bundle.tensors().get("gate") instanceof Tensor.Floats gate ? gate.shape() : new int[0];
        int rows = shape.length == 2 ? shape[0] : 0;
        float[] gate = floats("gate", rows, experts);
        if (Arrays.stream(bins.data()).anyMatch(bin -> bin < 0 || bin >= rows)) {
            throw refused("has an item in a bin that the gate of " + rows + " bins does not know");
        }
        return new Weights.Gate(gate, experts, bins.data());
    }

    private Expert expert(ExpertFields fields) {
        String expert = fields.text("name");
        String table = expert + ".items";
        int[] shape = bundle.tensors().get(table) instanceof Tensor.Floats floats ? floats.shape() : new int[0];
        int width = shape.length == 2 ? shape[1] : 0;
        float[] items = floats(table, catalogue.size() + 1, width);
        int length = fields.count("length");
        Encoder encoder = switch (fields.text("backbone")) {
            case "sasrec" -> sasRec(expert + ".", fields, width, length);
            case "mean" -> new DecayedMean(width, length, fields.number("decay"));
            default -> throw refused("has an expert '" + expert + "' of backbone '" + fields.text("backbone")
                    + "', which this version does not serve");
        };
        return new Expert(expert, items, width, encoder);
    }

    private SasRec sasRec(String prefix, ExpertFields fields, int width, int length) {
        int heads = fields.count("heads");
        if (width % heads != 0) {
            throw refused("has an expert of width " + width + ", which is no multiple of its " + heads + " heads");
        }
        List<SasRecBlock> blocks = new ArrayList<>();
        for (int b = 0; b < fields.count("blocks"); b++) {
            blocks.add(block(prefix + "blocks." + b + ".", width, heads));
        }
        return new SasRec(width, length, floats(prefix + "positions", length, width), norm(prefix + "norm", width),
                List.copyOf(blocks));
    }

    private SasRecBlock block(String prefix, int width, int heads) {
        String attention = prefix + "attention.";
        String feedforward = prefix + "feedforward.";
        return new SasRecBlock(width, heads,
                Dense.of(width, width, floats(attention + "query", width, width), new float[width]),
                Dense.joined(width, width, floats(attention + "key", width, width),
                        floats(attention + "value", width, width)),
                Dense.of(width, width, floats(attention + "output", width, width), new float[width]),
                norm(attention + "norm", width),
                Dense.of(width, 4 * width, floats(feedforward + "inner.weight", 4 * width, width),
                        floats(feedforward + "inner.bias", 4 * width)),
                Dense.of(4 * width, width, floats(feedforward + "outer.weight", width, 4 * width),
                        floats(feedforward + "outer.bias", width)),
                norm(feedforward + "norm", width));
    }

    private LayerNorm norm(String prefix, int width) {
        return new LayerNorm(floats(prefix + ".weight", width), floats(prefix + ".bias", width));
    }

    /** The named tensor's numbers, all finite. */
    private float[] floats(String tensor, int... shape) {
        if (!(bundle.tensors().get(tensor) instanceof Tensor.Floats floats)) {
            throw refused("holds no numbers '" + tensor + "'");
        }
        if (!Arrays.equals(floats.shape(), shape) || floats.data().length == 0) {
            throw refused("has '" + tensor + "' of shape " + Arrays.toString(floats.shape()) + ", not "
                    + Arrays.toString(shape));
        }
        for (float value : floats.data()) {
            if (!Float.isFinite(value)) {
                throw refused("has '" + tensor + "' with a number that is not finite");
            }
        }
        return floats.data();
    }

    private List<String> strings(String tensor) {
        if (bundle.tensors().get(tensor) instanceof Tensor.Bytes bytes) {
            return Tensor.strings(bytes);
        }
        throw refused("holds no texts '" + tensor + "'");
    }

    private PadrecException refused(String reason) {
        return new PadrecException("bundle " + name + " " + reason + "; train the model again");
    }

    /** One entry of the manifest's {@code experts}. */
    private final class ExpertFields {
        private final Map<?, ?> fields;

        ExpertFields(Object entry) {
            if (!(entry instanceof Map<?, ?> map)) {
                throw refused("has an expert in its manifest that is no object");
            }
            this.fields = map;
        }

        String text(String field) {
            if (fields.get(field) instanceof String text) {
                return text;
            }
            throw refused("has an expert without '" + field + "' in its manifest");
        }

        double number(String field) {
            if (fields.get(field) instanceof Number number) {
                return number.doubleValue();
            }
            throw refused("has an expert without the number '" + field + "' in its manifest");
        }

        int count(String field) {
            double number = number(field);
            if (number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number)) {
                return (int) number;
            }
            throw refused("has an expert whose '" + field + "' is " + fields.get(field) + ", not a whole number above 0");
        }
    }
}
