package io.padrec.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the experts' encoders. */
final class Encoders {
    private final Manifest manifest;
    private final Tensors tensors;

    Encoders(Manifest manifest, Tensors tensors) {
        this.manifest = manifest;
        this.tensors = tensors;
    }

    /** @param widths length of each expert's item vectors */
    List<Encoder> all(int[] widths) {
        List<Encoder> encoders = new ArrayList<>();
        for (Manifest.Expert expert : manifest.experts()) {
            int width = widths[encoders.size()];
            int length = expert.count("length");
            Encoder encoder = switch (expert.text("backbone")) {
                case "sasrec" -> sasRec(expert, width, length);
                case "gru4rec" -> Gru4Rec.read(tensors, expert.prefix(), width, length);
                case "caser" -> Caser.read(expert, tensors, width, length);
                case "mean" -> new DecayedMean(width, length, expert.number("decay"));
                default -> throw manifest.refused("has an expert '" + expert.name() + "' of backbone '"
                        + expert.text("backbone") + "', which this version does not serve");
            };
            encoders.add(expert.isCosine() ? new Cosine(encoder, width, expert.vectorLength()) : encoder);
        }
        return encoders;
    }

    private SasRec sasRec(Manifest.Expert expert, int width, int length) {
        int heads = expert.count("heads");
        if (width % heads != 0) {
            throw manifest.refused("has an expert of width " + width + ", which is no multiple of its " + heads + " heads");
        }
        String prefix = expert.prefix();
        List<SasRecBlock> blocks = new ArrayList<>();
        for (int b = 0; b < expert.count("blocks"); b++) {
            blocks.add(block(prefix + "blocks." + b + ".", width, heads));
        }
        return new SasRec(width, length, tensors.floats(prefix + "positions", length, width), norm(prefix + "norm", width),
                List.copyOf(blocks));
    }

    private SasRecBlock block(String prefix, int width, int heads) {
        String attention = prefix + "attention.";
        int slice = Kernels.padded(width / heads);
        int[] states = Dense.places(width);
        int[] keys = Arrays.stream(states).map(i -> i / (width / heads) * slice + i % (width / heads)).toArray();
        int[] values = Arrays.stream(keys).map(key -> heads * slice + key).toArray();
        int padded = Dense.padded(width);
        int contexts = Dense.padded(heads * slice);
        float[] none = new float[width];
        return new SasRecBlock(heads, slice, (float) (1 / Math.sqrt(width / heads)),
                Dense.of(tensors.floats(attention + "query", width, width), none, states, padded, keys, contexts),
                Dense.joined(tensors.floats(attention + "key", width, width), tensors.floats(attention + "value", width, width),
                        states, padded, keys, values, Dense.padded(2 * heads * slice)),
                Dense.of(tensors.floats(attention + "output", width, width), none, keys, contexts, states, padded),
                norm(attention + "norm", width), layer(prefix + "feedforward.inner.", width, 4 * width),
                layer(prefix + "feedforward.outer.", 4 * width, width), norm(prefix + "feedforward.norm", width));
    }

    private Dense layer(String prefix, int in, int out) {
        return Dense.of(tensors.floats(prefix + "weight", out, in), tensors.floats(prefix + "bias", out), Dense.places(in),
                Dense.padded(in), Dense.places(out), Dense.padded(out));
    }

    private LayerNorm norm(String prefix, int width) {
        return LayerNorm.read(tensors, prefix, width);
    }
}
