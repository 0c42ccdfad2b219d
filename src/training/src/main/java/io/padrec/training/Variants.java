package io.padrec.training;

import static io.padrec.training.Recipe.NOTHING;
import static io.padrec.training.Variant.Table.BEYOND;
import static io.padrec.training.Variant.Table.FIG2;
import static io.padrec.training.Variant.Table.FIG3;
import static io.padrec.training.Variant.Table.FIG4;
import static io.padrec.training.Variant.Table.FIG5A;
import static io.padrec.training.Variant.Table.FIG5B;
import static io.padrec.training.Variant.Table.MAIN;

import io.padrec.training.Recipe.AlignmentKind;
import io.padrec.training.Recipe.Experts;
import io.padrec.training.Recipe.Finetuning;
import io.padrec.training.Recipe.Fusion;
import io.padrec.training.Recipe.IdExpert;
import io.padrec.training.Recipe.LossKind;
import io.padrec.training.Recipe.TextExpert;
import io.padrec.training.Variant.Measured;
import io.padrec.training.Variant.Table;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rows of the paper's tables (PAD, section 6), each as what it changes in one and the same recipe, so that a row and PAD
 * differ in what its name says and in nothing else: not in loss, width, schedule or care.
 */
public final class Variants {
    /** The row that the others are compared with. */
    public static final String PAD = "PAD";
    /** Alignment alone has no validation to stop it, and is done with long before a recommender is. */
    private static final int ALIGNMENT_EPOCHS = 10;
    /** InfoNCE's weight in the paper's comparison. */
    private static final float CONTRAST = 0.01f;

    private final Recipe base;
    private final List<Variant> rows = new ArrayList<>();

    private Variants(Recipe base) {
        this.base = base;
    }

    /** All rows of a recipe, PAD's among them. */
    public static List<Variant> of(Recipe base) {
        Variants variants = new Variants(base);
        variants.rivals();
        variants.anchors();
        variants.losses();
        variants.ablations();
        variants.beyond();
        return List.copyOf(variants.rows);
    }

    private void rivals() {
        add("popularity", base, Measured.POPULARITY, Table.values());
        add("text kNN", base, Measured.TEXT_KNN, Table.values());
        add("id only", base, Measured.ID, MAIN, FIG2, FIG3);
        add("text only (MoRec)", base, Measured.TEXT, MAIN);
        add("sum fusion", fused(Fusion.SUM), Measured.ALIGNED, MAIN);
        add("concatenation", fused(Fusion.CONCATENATION), Measured.ALIGNED, MAIN);
        add("MLP fusion", fused(Fusion.GELU), Measured.ALIGNED, MAIN);
        add("CTRL", contrastive(), Measured.PAD, MAIN, FIG3);
        add("SMEM", sharedAndSpecific(), Measured.PAD, MAIN, FIG3);
        add("late fusion", late(), Measured.PAD, MAIN);
        add(PAD, base, Measured.PAD, Table.values());
    }

    /** Ids and text joined in one tower, trained on recommendation alone. */
    private Recipe fused(Fusion fusion) {
        return base.with("fusion", fusion).with("alignment", AlignmentKind.NONE).with("warmStart", false);
    }

    /** CTRL (Li et al., 2023): ids and text are contrasted first, then the recommender on ids trains from the ids that came of it. */
    private Recipe contrastive() {
        return base.with("pretrain", NOTHING).with("text", NOTHING).with("warmStart", false)
                .with("alignment", AlignmentKind.INFONCE).with("lambda", CONTRAST).with("anchored", false)
                .with("align", Recipe.limit(base.align(), ALIGNMENT_EPOCHS))
                .with("finetuning", Finetuning.JOINT).with("experts", new Experts(IdExpert.ALIGNED, false, TextExpert.NONE))
                .with("finetune", base.pretrain());
    }

    /** SMEM: shared and modality-specific embeddings side by side, trained at once from scratch, with one weight each. */
    private Recipe sharedAndSpecific() {
        return base.with("pretrain", NOTHING).with("text", NOTHING).with("align", NOTHING).with("alignment", AlignmentKind.NONE)
                .with("finetuning", Finetuning.JOINT).with("experts", new Experts(IdExpert.PRETRAINED, true, TextExpert.FRESH))
                .with("bins", 1).with("finetune", base.pretrain());
    }

    /** The towers of ids and of text, each trained alone, with one fitted weight each. */
    private Recipe late() {
        return base.with("align", NOTHING).with("alignment", AlignmentKind.NONE)
                .with("experts", new Experts(IdExpert.PRETRAINED, false, TextExpert.PRETRAINED))
                .with("finetuning", Finetuning.FROZEN).with("bins", 1).with("finetune", NOTHING);
    }

    private void anchors() {
        // What neither an anchor nor ids that are free to move would train must not be left as random as it starts.
        Recipe warm = base.with("warmStart", true);
        Recipe unanchored = warm.with("anchored", false).with("align", Recipe.limit(base.align(), ALIGNMENT_EPOCHS));
        if (!base.warmStart()) {
            add("anchored, from phase 1", warm, Measured.PAD, FIG4);
        }
        add("non-anchored", unanchored, Measured.PAD, FIG4);
        add("anchored, ids frozen", warm.with("frozenIds", true), Measured.PAD, FIG4);
        add("non-anchored, ids frozen", unanchored.with("frozenIds", true), Measured.PAD, FIG4);
        add("anchored, phase 2 alone", base, Measured.ALIGNED, FIG4);
        add("non-anchored, phase 2 alone", unanchored, Measured.ALIGNED, FIG4);
    }

    private void losses() {
        for (AlignmentKind kind : AlignmentKind.values()) {
            if (kind != base.alignment()) {
                Recipe recipe = base.with("alignment", kind);
                add("alignment " + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        kind == AlignmentKind.INFONCE ? recipe.with("lambda", CONTRAST) : recipe, Measured.PAD, FIG5A);
            }
        }
    }

    private void ablations() {
        Experts all = base.experts();
        if (base.finetuning() == Finetuning.JOINT) {
            // Phase 3 trains what no phase before has; frozen experts would stay as random as they start.
            add("without phase 1", base.with("pretrain", NOTHING).with("text", NOTHING), Measured.PAD, FIG5B);
            add("without phase 2", base.with("align", NOTHING), Measured.PAD, FIG5B);
        }
        add("without phase 3", base, Measured.ALIGNED, FIG5B);
        add("without expert id", experts(new Experts(IdExpert.NONE, all.aligned(), all.text())), Measured.PAD, FIG5B);
        add("without expert aligned", experts(new Experts(all.id(), false, all.text())), Measured.PAD, FIG5B);
        add("without expert text", experts(new Experts(all.id(), all.aligned(), TextExpert.NONE)), Measured.PAD, FIG5B);
        if (base.finetuning() == Finetuning.FROZEN_WITH_HISTORY) {
            add("gate of the candidate alone", base.with("finetuning", Finetuning.FROZEN), Measured.PAD, FIG5B);
        }
        add("one gate for all items", base.with("bins", 1), Measured.PAD, FIG5B);
    }

    private Recipe experts(Experts experts) {
        return base.with("experts", experts);
    }

    private void beyond() {
        for (LossKind loss : LossKind.values()) {
            if (loss != base.loss()) {
                Recipe recipe = withoutIdleText(trainedOn(loss));
                add("id only, " + title(loss), recipe, Measured.ID, BEYOND);
                add("phase 2 alone, " + title(loss), recipe, Measured.ALIGNED, BEYOND);
                add(title(loss), recipe, Measured.PAD, BEYOND);
            }
        }
        add("null-space fusion, one tower", nullSpace(), Measured.ALIGNED, BEYOND);
        add("null-space fusion", nullSpace(), Measured.PAD, BEYOND);
        if (base.fusion() != Fusion.NULL_SPACE) {
            add(base.whitened() ? "text as it is" : "whitened text", withoutIdleText(base.with("whitened", !base.whitened())),
                    Measured.PAD, BEYOND);
        }
        if (base.idDropout() > 0) {
            add("without id dropout", base.with("idDropout", 0f), Measured.PAD, BEYOND);
        }
        if (base.adjustment() > 0) {
            add("without logit adjustment", base.with("adjustment", 0f), Measured.PAD, BEYOND);
        }
        for (int bins : new int[] {3, 30}) {
            add(bins + " bins", base.with("bins", bins), Measured.PAD, BEYOND);
        }
        for (float lambda : new float[] {0.02f, 2f}) {
            add("lambda " + lambda, base.with("lambda", lambda), Measured.PAD, BEYOND);
        }
    }

    private static String title(LossKind loss) {
        return switch (loss) {
            case BCE -> "BCE";
            case SOFTMAX -> "softmax";
            case SAMPLED_SOFTMAX -> "sampled softmax with logQ";
            case GBCE -> "gBCE";
            case COSINE_SOFTMAX -> "softmax over cosines";
        };
    }

    /**
     * A softmax may leave items out that training never sees, for it compares scores. Where each score is pressed down for itself,
     * theirs would stay at 0, above nearly all others: they must be among the negatives.
     */
    private Recipe trainedOn(LossKind loss) {
        Recipe recipe = loss.comparing() ? base : base.with("adjustment", 0f).with("unseenOut", false);
        return recipe.with("loss", loss);
    }

    /** Needs whitened text; and where ids and text share no space, there is nothing to align. */
    private Recipe nullSpace() {
        return base.with("whitened", true).with("fusion", Fusion.NULL_SPACE).with("alignment", AlignmentKind.NONE)
                .with("warmStart", false);
    }

    /** For rows that share no phase 1 with PAD: its text tower trains only where the model takes it. */
    private Recipe withoutIdleText(Recipe recipe) {
        return recipe.experts().text() == TextExpert.PRETRAINED ? recipe : recipe.with("text", NOTHING);
    }

    private void add(String name, Recipe recipe, Measured measured, Table... tables) {
        rows.add(new Variant(name, EnumSet.copyOf(Set.of(tables)), recipe, measured));
    }
}
