package io.padrec.phases;

import io.padrec.store.Model;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a new model is to be served, and why. Figures are nDCG@10 on the test items of the new model's snapshot.
 *
 * @param promoted  whether it is
 * @param against   the id of the model that is served so far; null for none
 * @param ndcg10    the new model's figure
 * @param theirs    the served model's figure; null where the two were not compared
 * @param margin    by how much the new model may be worse
 * @param why       one line for people
 */
record Decision(boolean promoted, String against, double ndcg10, Double theirs, double margin, String why) {
    /** No model is served so far. */
    static Decision first(double ndcg10, double margin) {
        return new Decision(true, null, ndcg10, null, margin, "no model was served before it");
    }

    /** The model itself is served, since its run succeeded before. */
    static Decision again(String served, double ndcg10, double margin) {
        return new Decision(true, served, ndcg10, null, margin, "it is the model that is served already");
    }

    /** A model that knows other items is served: a figure on this snapshot would say nothing about it. */
    static Decision ofAnotherDataset(Model served, double ndcg10, double margin) {
        return apart(served, ndcg10, margin, "is of dataset '" + served.dataset() + "', and models of two datasets are not compared");
    }

    /** A model is served that may have trained on what this snapshot holds out. */
    static Decision ofAnotherSplit(Model served, double ndcg10, double margin) {
        return apart(served, ndcg10, margin, "was trained on a snapshot that is split in another way, and may know what this one "
                + "holds out, so the two are not compared");
    }

    private static Decision apart(Model served, double ndcg10, double margin, String why) {
        return new Decision(false, served.id(), ndcg10, null, margin, "the served model " + served.id() + " " + why
                + "; promote this one by hand to serve it");
    }

    /** A model of the same dataset is served. */
    static Decision compared(String served, double ndcg10, double theirs, double margin) {
        boolean promoted = ndcg10 >= theirs - margin;
        return new Decision(promoted, served, ndcg10, theirs, margin, String.format(Locale.ROOT,
                "its nDCG@10 on this snapshot is %.6f, and that of the served model %s is %.6f; with a margin of %s it is %s",
                ndcg10, served, theirs, margin, promoted ? "no worse" : "worse"));
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("promoted", promoted);
        map.put("why", why);
        map.put("against", against);
        map.put("ndcg@10", ndcg10);
        map.put("against ndcg@10", theirs);
        map.put("margin", margin);
        return map;
    }
}
