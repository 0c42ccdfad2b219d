package io.padrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.padrec.core.FrequencyBins;
import io.padrec.core.PadrecException;
import io.padrec.training.Recipe.Fusion;
import io.padrec.training.Recipe.IdExpert;
import io.padrec.training.Recipe.LossKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The experts that a recipe describes, for one catalogue. */
final class Towers {
    static final String ID = "id";
    static final String ALIGNED = "aligned";
    static final String TEXT = "text";
    private static final float DECAY = 0.8f;
    /** Caser's newest items, filters of each height and vertical filters: the middle of what its paper tries. */
    private static final int WINDOW = 5;
    private static final int HORIZONTAL = 16;
    private static final int VERTICAL = 4;

    private final Recipe recipe;
    private final int items;
    private final int[] zeros;
    /** Null for none. */
    private final NDArray absence;
    private final NDArray features;
    private final int textWidth;

    Towers(Recipe recipe, int items, FrequencyBins bins, TextFeatures text, NDManager manager) {
        this.recipe = recipe;
        this.items = items;
        this.zeros = IntStream.rangeClosed(0, items).filter(i -> i == 0 || recipe.unseenOut() && bins.frequency(i) == 0).toArray();
        this.absence = recipe.idDropout() == 0 ? null : absence(recipe.idDropout(), items, bins, manager);
        this.textWidth = text.width();
        this.features = manager.create(text.data(), new Shape(items + 1L, text.width()));
    }

    /** How likely a training step leaves out each item's id vector, [N + 1, 1]. */
    private static NDArray absence(float idDropout, int items, FrequencyBins bins, NDManager manager) {
        float[] absence = new float[items + 1];
        for (int i = 0; i <= items; i++) {
            absence[i] = idDropout / (idDropout + bins.frequency(i));
        }
        return manager.create(absence, new Shape(items + 1L, 1));
    }

    /** Recommendation-specific: ids alone. */
    Expert id() {
        return expert(ID, new ItemVectors.Ids(items, recipe.width(), zeros));
    }

    /** Ids and text joined. */
    Expert aligned() {
        return expert(ALIGNED, recipe.fusion() == Fusion.NULL_SPACE
                ? new ItemVectors.NullSpace(items, zeros, features, recipe.width())
                : new ItemVectors.Fused(items, zeros, absence, features, recipe.width(), recipe.projectionLayers(), recipe.fusion()));
    }

    /** LLM-specific: text alone. */
    Expert text() {
        return expert(TEXT, new ItemVectors.Text(features, recipe.width(), recipe.projectionLayers()));
    }

    /**
     * LLM-specific without training: the decayed mean of the history's whitened text. Text nearest neighbours own the cold
     * and the unseen items, and no tower trained on text alone does better there.
     */
    Expert neighbours() {
        return new Expert(TEXT, new ItemVectors.Constant(features), new MeanBackbone(textWidth, recipe.length(), DECAY));
    }

    /** The experts of phase 3. */
    List<Expert> together() {
        List<Expert> experts = new ArrayList<>();
        if (recipe.experts().id() != IdExpert.NONE) {
            experts.add(id());
        }
        if (recipe.experts().aligned()) {
            experts.add(aligned());
        }
        switch (recipe.experts().text()) {
            case FRESH, PRETRAINED -> experts.add(text());
            case NEIGHBOURS -> experts.add(neighbours());
            case NONE -> {
                // There is none.
            }
        }
        return experts;
    }

    /**
     * An expert whose item vectors are finished, as a bundle's manifest describes it.
     *
     * @param items N
     * @throws PadrecException where the backbone is not known
     */
    static Expert finished(Map<?, ?> description, int items) {
        int width = number(description, "width");
        int length = number(description, "length");
        Backbone backbone = switch (String.valueOf(description.get("backbone"))) {
            case "sasrec" -> new SasRec(width, length, number(description, "blocks"), number(description, "heads"));
            case "gru4rec" -> new Gru4Rec(width, length);
            case "caser" -> new Caser(width, length, number(description, "window"), number(description, "horizontal"),
                    number(description, "vertical"));
            case "mean" -> new MeanBackbone(width, length, ((Number) description.get("decay")).floatValue());
            default -> throw new PadrecException("the bundle's expert " + description + " has a backbone that this version "
                    + "does not know; use the padrec version that wrote it");
        };
        Backbone scoring = description.get("temperature") instanceof Number temperature
                ? new Cosine.States(backbone, temperature.floatValue()) : backbone;
        return new Expert((String) description.get("name"), new ItemVectors.Finished(items, width), scoring);
    }

    private static int number(Map<?, ?> description, String name) {
        return ((Number) description.get(name)).intValue();
    }

    private Expert expert(String name, ItemVectors vectors) {
        Expert expert = new Expert(name, vectors, switch (recipe.backbone()) {
            case SASREC -> new SasRec(recipe.width(), recipe.length(), recipe.blocks(), recipe.heads());
            case GRU4REC -> new Gru4Rec(recipe.width(), recipe.length());
            case CASER -> new Caser(recipe.width(), recipe.length(), Math.min(WINDOW, recipe.length()), HORIZONTAL, VERTICAL);
        });
        return recipe.loss() == LossKind.COSINE_SOFTMAX ? Cosine.of(expert) : expert;
    }
}
