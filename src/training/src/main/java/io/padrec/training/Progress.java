package io.padrec.training;

/** Hears how training goes on. What it throws stops the training; the last checkpoint stays. */
@FunctionalInterface
public interface Progress {
    /**
     * The end of an epoch.
     *
     * @param part        what is being trained, the name of its learning curve in the bundle: id, aligned, text, PAD
     * @param epoch       epochs done, from 1
     * @param epochs      most epochs that there will be
     * @param loss        mean training loss of the epoch
     * @param hr10        validation HR@10
     * @param ndcg10      validation nDCG@10
     * @param secondsLeft at most, at this epoch's speed
     */
    record Step(String part, int epoch, int epochs, double loss, double hr10, double ndcg10, double secondsLeft) {
    }

    void step(Step step);

    /** Called after every batch: {@code done} is the share of the current epoch, 0 to 1. */
    default void batch(String part, int epoch, int epochs, double done) {
    }
}
