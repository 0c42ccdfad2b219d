package io.padrec.training;

import io.padrec.core.PadrecException;
import io.padrec.core.Snapshot;
import java.util.Map;

/**
 * How a model is trained: everything that a result depends on beside the snapshot and the seed.
 *
 * @param name       what the report calls it
 * @param backbone   sequence encoder of every expert that trains
 * @param width      D, width of item vectors and states
 * @param length     L, longest history that the model sees
 * @param blocks     blocks of SASRec
 * @param heads      attention heads of a block of SASRec
 * @param loss       recommendation loss
 * @param fusion     how the aligned expert joins id and text
 * @param whitened   text vectors are whitened (and brought to unit length) before any projection
 * @param projectionLayers M, layers of the text's projection after its first; 0 = a linear map alone
 * @param alignment  alignment loss of phase 2
 * @param lambda     weight of the alignment loss
 * @param anchored   phase 2 also trains on the recommendation loss; else on the alignment loss alone, for its whole schedule
 * @param frozenIds  phase 2 leaves its id vectors as they start
 * @param warmStart  phase 2 starts from copies of phase 1's ids and encoder
 * @param idDropout  κ: a training step leaves out the id vector of an item that training saw f times, where text stands beside it,
 *                   with probability κ / (κ + f); 0 = never. Null-space fusion has none. So the text learns to speak for what is rare (Volkovs et al.,
 *                   "DropoutNet", NIPS 2017)
 * @param adjustment τ of the logit adjustment of phase 2 (Menon et al., "Long-tail learning via logit adjustment", ICLR 2021): in
 *                   training each item's score is raised by τ times the log of its share of the targets, so that what is
 *                   learned says how much likelier an item is than its popularity to the power τ; 0 = none. Softmaxes alone
 *                   have it
 * @param unseenOut  items never seen in training stay out of the loss, and their id vectors zero; else they are candidates
 *                   (and negatives) like all others, and are pushed away. Under BCE and gBCE, which press each negative's score
 *                   far below 0, items left out would rank first
 * @param finetuning how phase 3 trains the experts
 * @param experts    experts of phase 3
 * @param bins       frequency bins of the gate, 1 to 127; 1 = one gate for all items
 * @param packed     linear layers and loss run over real tokens only; false is the slow rival of the benchmark
 * @param pretrain   schedule of phase 1
 * @param text       schedule of the text tower that is trained alone
 * @param align      schedule of phase 2
 * @param finetune   schedule of phase 3 (unused where {@code finetuning} is not JOINT)
 */
public record Recipe(String name, BackboneKind backbone, int width, int length, int blocks, int heads, LossKind loss,
        Fusion fusion, boolean whitened, int projectionLayers, AlignmentKind alignment, float lambda, boolean anchored,
        boolean frozenIds, boolean warmStart, float idDropout, float adjustment, boolean unseenOut, Finetuning finetuning,
        Experts experts, int bins, boolean packed, Schedule pretrain, Schedule text, Schedule align, Schedule finetune) {

    /**
     * Sequence encoders (PAD, section 2): self-attention (Kang and McAuley, 2018), a gated recurrent unit (Hidasi et al., 2016),
     * convolutions (Tang and Wang, 2018).
     */
    public enum BackboneKind {
        SASREC("SASRec"), GRU4REC("GRU4Rec"), CASER("Caser");

        private final String title;

        BackboneKind(String title) {
            this.title = title;
        }

        /** What reports call it. */
        public String title() {
            return title;
        }

        /** @throws PadrecException where no backbone has that name */
        public static BackboneKind named(String name) {
            return switch (name) {
                case "sasrec" -> SASREC;
                case "gru4rec" -> GRU4REC;
                case "caser" -> CASER;
                default -> throw new PadrecException("no backbone '" + name + "'; use sasrec, gru4rec or caser");
            };
        }
    }

    /**
     * Recommendation loss: {@code BCE} with one sampled negative (PAD, section 2), the full softmax over the catalogue, a
     * softmax over what the batch holds with its popularity corrected (Yi et al., 2019), BCE with many shared negatives and
     * the positive calibrated (Petrov and Macdonald, 2023), or the full softmax over cosines with a temperature, which then are
     * the scores everywhere.
     */
    public enum LossKind {
        BCE, SOFTMAX, SAMPLED_SOFTMAX, GBCE, COSINE_SOFTMAX;

        /** A softmax, which compares scores with one another; the others press each for itself. */
        boolean comparing() {
            return this != BCE && this != GBCE;
        }
    }

    /**
     * The aligned item vector: {@code GELU(W [e; p(x)] + b)} (PAD, section 3), {@code W [e; p(x)]}, the plain sum
     * {@code e + p(x)}, or the text's leading axes as they are, with the id in the space beside them (AlphaFuse).
     */
    public enum Fusion { GELU, CONCATENATION, SUM, NULL_SPACE }

    /**
     * Alignment losses (PAD, section 3): maximum mean discrepancy under five Gaussian kernels or one, a Laplacian kernel, the inner
     * product or the cosine; a contrastive loss; mean squared error; Kullback-Leibler divergence; or none.
     */
    public enum AlignmentKind {
        MMD_GAUSSIAN_MULTI, MMD_GAUSSIAN_SINGLE, MMD_LAPLACIAN, MMD_LINEAR, MMD_COSINE, INFONCE, MSE, KL, NONE
    }

    /**
     * Phase 3: {@code JOINT} trains experts and gates together on training steps (the paper); {@code FROZEN} keeps the
     * experts as they start, and fits only the gates, to the ranking of each user's validation item; {@code FROZEN_WITH_HISTORY}
     * lets them depend on how rare the history's newest item is as well.
     */
    public enum Finetuning { JOINT, FROZEN, FROZEN_WITH_HISTORY }

    /** What the expert of ids starts from in phase 3: ids and encoder of phase 1, or those of phase 2; or there is none. */
    public enum IdExpert { PRETRAINED, ALIGNED, NONE }

    /** The expert of text in phase 3: fresh, the text tower of phase 1, text nearest neighbours, which train nothing; or none. */
    public enum TextExpert { FRESH, PRETRAINED, NEIGHBOURS, NONE }

    /**
     * The experts of phase 3 (PAD, section 4).
     *
     * @param aligned phase 2's expert takes part
     */
    public record Experts(IdExpert id, boolean aligned, TextExpert text) {
    }

    /**
     * One training loop's schedule.
     *
     * @param epochs       most epochs
     * @param steps        least updates: on a small dataset the epochs are raised until there are that many
     * @param patience     epochs without a better validation nDCG@10 before it stops
     * @param learningRate peak learning rate of AdamW
     * @param cosine       the learning rate falls to 0 along a cosine over {@code epochs}; else it stays
     * @param weightDecay  decoupled weight decay
     * @param dropout      share of activations dropped
     * @param batch        users a step
     */
    public record Schedule(int epochs, int steps, int patience, float learningRate, boolean cosine, float weightDecay, float dropout,
            int batch) {
        /** Most epochs over that many examples. */
        int epochsOver(int examples) {
            int stepsAnEpoch = (examples + batch - 1) / batch;
            return epochs == 0 ? 0 : Math.max(epochs, (steps + stepsAnEpoch - 1) / stepsAnEpoch);
        }
    }

    /** Trains nothing: what it would train stays as it starts. */
    static final Schedule NOTHING = new Schedule(0, 0, 0, 0f, false, 0f, 0f, 1);

    /** @throws PadrecException where the settings contradict one another */
    public Recipe {
        if (experts.id == IdExpert.NONE && !experts.aligned && experts.text == TextExpert.NONE) {
            throw new PadrecException("the recipe's 'experts' name none; phase 3 needs one at least");
        }
        if (finetuning != Finetuning.JOINT && experts.text == TextExpert.FRESH) {
            throw new PadrecException("the recipe's 'experts.text' cannot be 'fresh' where 'finetuning' is not 'joint': nothing "
                    + "would train it; use pretrained, neighbours or none");
        }
        if (!anchored && alignment == AlignmentKind.NONE) {
            throw new PadrecException("the recipe has neither an anchor nor an alignment loss, so nothing to train phase 2 on");
        }
        if (fusion == Fusion.NULL_SPACE && !whitened) {
            throw new PadrecException("the recipe's 'fusion' cannot be 'null-space' where 'whitened' is false: only whitening tells "
                    + "the text's leading axes");
        }
        if (adjustment != 0 && !loss.comparing()) {
            throw new PadrecException("the recipe's 'adjustment' must be 0 where 'loss' is no softmax, not " + adjustment);
        }
        if (!(idDropout >= 0) || !(adjustment >= 0)) {
            throw new PadrecException("the recipe's 'idDropout' and 'adjustment' must be 0 or more, not " + idDropout + " and "
                    + adjustment);
        }
        if (bins < 1 || bins > Byte.MAX_VALUE) {
            throw new PadrecException("the recipe's 'bins' must be 1 to 127, not " + bins);
        }
    }

    /** The strongest known configuration. */
    public static Recipe best() {
        return new Recipe("best", BackboneKind.SASREC, 128, 20, 2, 2, LossKind.COSINE_SOFTMAX, Fusion.SUM, true, 0,
                AlignmentKind.MMD_GAUSSIAN_MULTI, 0.2f, true, false, false, 2, 0.5f, true, Finetuning.FROZEN_WITH_HISTORY,
                new Experts(IdExpert.PRETRAINED, true, TextExpert.NEIGHBOURS), Snapshot.BINS, true,
                new Schedule(12, 600, 4, 2e-3f, true, 0.1f, 0.3f, 128),
                new Schedule(12, 600, 4, 2e-3f, true, 0.1f, 0.3f, 128),
                new Schedule(12, 600, 4, 2e-3f, true, 0.1f, 0.3f, 128),
                NOTHING);
    }

    /** The paper's method: BCE, GELU fusion, MK-MMD with weight 0.2, joint fine-tuning. */
    public static Recipe paper() {
        return new Recipe("paper", BackboneKind.SASREC, 128, 20, 2, 2, LossKind.BCE, Fusion.GELU, false, 4,
                AlignmentKind.MMD_GAUSSIAN_MULTI, 0.2f, true, false, true, 0, 0, false, Finetuning.JOINT,
                new Experts(IdExpert.PRETRAINED, true, TextExpert.FRESH), Snapshot.BINS, true,
                new Schedule(40, 0, 5, 1e-3f, false, 0.1f, 0.1f, 128),
                new Schedule(40, 0, 5, 1e-3f, false, 0.1f, 0.1f, 128),
                new Schedule(40, 0, 5, 1e-3f, false, 0.1f, 0.1f, 128),
                new Schedule(40, 0, 5, 1e-4f, false, 0.1f, 0.1f, 128));
    }

    /** @throws PadrecException where no recipe has that name */
    public static Recipe named(String name) {
        return switch (name) {
            case "best" -> best();
            case "paper" -> paper();
            default -> throw new PadrecException("no recipe '" + name + "'; use best or paper");
        };
    }

    /** The same recipe with at most {@code epochs} epochs in every phase. */
    public Recipe withEpochs(int epochs) {
        return with("pretrain", limit(pretrain, epochs)).with("text", limit(text, epochs)).with("align", limit(align, epochs))
                .with("finetune", limit(finetune, epochs));
    }

    /** The same recipe with another sequence encoder. */
    public Recipe withBackbone(BackboneKind other) {
        return with("backbone", other);
    }

    /**
     * The same recipe with another value of a setting.
     *
     * @param setting a component of this record
     * @throws PadrecException where there is no such setting, or the value is of a wrong kind
     */
    public Recipe with(String setting, Object value) {
        Map<String, Object> settings = toMap();
        settings.put(setting, SettingsMap.value(value));
        return fromMap(settings);
    }

    /**
     * The same recipe with every setting at rest that phase 1 does not depend on: where two of them are equal, so are their
     * phases 1.
     */
    public Recipe ofPhase1() {
        return ofPhase2().with("name", name + ", phase 1").with("fusion", Fusion.SUM).with("anchored", true)
                .with("alignment", AlignmentKind.NONE).with("lambda", 0f).with("frozenIds", false).with("warmStart", false)
                .with("idDropout", 0f).with("adjustment", 0f).with("align", NOTHING);
    }

    /** The same for phase 2, given phase 1's bundle. */
    public Recipe ofPhase2() {
        Recipe recipe = with("name", name + ", phase 2").with("finetuning", Finetuning.JOINT)
                .with("experts", new Experts(IdExpert.PRETRAINED, true, TextExpert.FRESH)).with("bins", Snapshot.BINS)
                .with("finetune", NOTHING);
        return alignment == AlignmentKind.NONE ? recipe.with("lambda", 0f) : recipe;
    }

    static Schedule limit(Schedule s, int epochs) {
        return new Schedule(Math.min(s.epochs, epochs), 0, s.patience, s.learningRate, s.cosine, s.weightDecay, s.dropout,
                s.batch);
    }

    /** All settings, as a bundle's manifest and a run's configuration hold them. */
    public Map<String, Object> toMap() {
        return SettingsMap.of(this);
    }

    /**
     * The recipe of these settings: {@link #toMap} back again.
     *
     * @throws PadrecException where a setting is missing, not known, or of a wrong kind
     */
    public static Recipe fromMap(Map<String, Object> settings) {
        return SettingsMap.read(Recipe.class, settings, "");
    }
}
