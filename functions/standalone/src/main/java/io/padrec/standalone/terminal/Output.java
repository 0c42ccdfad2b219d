package io.padrec.standalone.terminal;

import java.util.Map;

/**
 * What a command says while it works: for a person at a terminal, for a log, or for a program. Steps are import, embed,
 * pretrain, align, finetune, evaluate, serve.
 */
public interface Output {
    /** A step begins. */
    void begin(String step);

    /** How far a step is; may come many times a second. */
    void advance(String step, Advance advance);

    /** An epoch of training is over. */
    void epoch(String step, Epoch epoch);

    /** A step is over; {@code detail} says what came of it. */
    void done(String step, double seconds, String detail);

    /** A step was done before, in {@code seconds} at the time. */
    void skipped(String step, double seconds, String detail);

    /** Something to know that is no result. */
    void note(String line);

    /** Something that happened to {@code who}, outside the steps: {@code text} for people, {@code json} for programs. */
    void happened(String who, Map<String, Object> json, String text);

    /** A result: {@code text} for people, {@code json} for programs. */
    void result(Map<String, Object> json, String text);

    /** Leaves the terminal as it was, where a line is still being drawn. */
    void finish();

    /**
     * How far a step is.
     *
     * @param part   what the step is at: "SASRec epoch 3/12", "items"
     * @param done   share that is done, 0 to 1
     * @param detail more of it: the last epoch's figures, or how many of how many; may be empty
     */
    record Advance(String part, double done, String detail) {
    }

    /**
     * An epoch's figures.
     *
     * @param part        which model is being trained
     * @param loss        mean training loss
     * @param hr10        validation HR@10, a fraction
     * @param ndcg10      validation nDCG@10, a fraction
     * @param secondsLeft at most, until the part is trained
     */
    record Epoch(String part, int epoch, int epochs, double loss, double hr10, double ndcg10, double secondsLeft) {
    }
}
