package io.padrec.ranking;

import io.padrec.core.PadrecException;
import java.util.ArrayList;
import java.util.List;

/** Turns the text vector of an item that came after training into the experts' vectors of it, as training would have. */
final class NewItems {
    private static final String MEAN = "text.mean";
    private static final double SMALLEST = 1e-12;

    /** @param matrix [W, T] */
    private record Whitening(float[] mean, float[] matrix, int width, float length) {
        static Whitening of(Tensors tensors) {
            if (!tensors.has(MEAN)) {
                return null;
            }
            int in = tensors.shape(MEAN).length == 1 ? tensors.shape(MEAN)[0] : 0;
            int width = tensors.rows("text.whitening");
            return new Whitening(tensors.floats(MEAN, in), tensors.floats("text.whitening", width, in), width,
                    tensors.floats("text.length", 1)[0]);
        }

        float[] apply(float[] text) {
            float[] rotated = new float[width];
            double squares = 0;
            for (int w = 0; w < width; w++) {
                double sum = 0;
                for (int t = 0; t < text.length; t++) {
                    sum += (double) matrix[w * text.length + t] * (text[t] - mean[t]);
                }
                rotated[w] = (float) sum;
                squares += sum * sum;
            }
            double scale = length / Math.max(SMALLEST, Math.sqrt(squares));
            for (int w = 0; w < width; w++) {
                rotated[w] *= (float) scale;
            }
            return rotated;
        }
    }

    private final Manifest manifest;
    private final Whitening whitening;
    private final List<TextProjection> projections = new ArrayList<>();
    private final int textWidth;

    /** @param widths of the experts' vectors */
    NewItems(Manifest manifest, Tensors tensors, ItemTables tables, int[] widths) {
        this.manifest = manifest;
        this.whitening = Whitening.of(tensors);
        int in = whitening == null ? 0 : whitening.width;
        for (Manifest.Expert expert : manifest.experts()) {
            projections.add(TextProjection.of(tensors, expert.prefix(), widths[projections.size()], in,
                    tables.hasIds(expert.name())));
        }
        int features = projections.stream().mapToInt(p -> p == null ? 0 : p.in()).max().orElse(0);
        if (projections.stream().anyMatch(p -> p != null && p.in() != 0 && p.in() != features)
                || whitening != null && features != 0 && features != in) {
            throw manifest.refused("has experts that disagree on the width of the text features");
        }
        this.textWidth = whitening == null ? features : whitening.mean.length;
    }

    /**
     * @param text vector of the encoder that the model was trained with, [T]; zero for an item without text
     * @return each expert's vector
     * @throws PadrecException          where the bundle does not hold what makes an item's vectors of its text
     * @throws IllegalArgumentException where the vector has another width, or a number that is not finite
     */
    float[][] vectors(float[] text) {
        int unknown = projections.indexOf(null);
        if (unknown >= 0 || textWidth == 0) {
            throw manifest.refused("holds nothing that turns text into vectors of its expert '"
                    + manifest.names().get(Math.max(0, unknown)) + "', so it cannot rank new items");
        }
        if (text.length != textWidth) {
            throw new IllegalArgumentException("a text vector of width " + text.length + ", but the model was trained on width "
                    + textWidth + "; use the text encoder of its training");
        }
        boolean empty = true;
        for (float number : text) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException("a text vector with a number that is not finite");
            }
            empty &= number == 0;
        }
        float[] features = whitening == null ? text : empty ? new float[whitening.width] : whitening.apply(text);
        float[][] vectors = new float[projections.size()][];
        for (int k = 0; k < vectors.length; k++) {
            Manifest.Expert expert = manifest.experts().get(k);
            vectors[k] = projections.get(k).of(features);
            if (expert.isCosine()) {
                Cosine.scale(vectors[k], 0, vectors[k].length, expert.vectorLength());
            }
        }
        return vectors;
    }
}
