package io.padrec.core;

/**
 * The leave-one-out split (PAD, section 5 of the protocol): of each user's history the last item tests, the one before
 * validates, the rest trains. A user with fewer than three items only trains.
 */
public final class LeaveOneOut {
    /** Which held-out item is asked for. */
    public enum Stage { VALIDATION, TEST }

    private final Histories histories;

    public LeaveOneOut(Histories histories) {
        this.histories = histories;
    }

    public Histories histories() {
        return histories;
    }

    /** True where the user has a validation and a test item. */
    public boolean isEvaluated(int user) {
        return histories.length(user) >= 3;
    }

    public int trainLength(int user) {
        return isEvaluated(user) ? histories.length(user) - 2 : histories.length(user);
    }

    /** How many items stand before the stage's target. */
    public int contextLength(int user, Stage stage) {
        return histories.length(user) - (stage == Stage.TEST ? 1 : 2);
    }

    public int target(int user, Stage stage) {
        return histories.item(user, contextLength(user, stage));
    }

    /** The numbers of the users that have a validation and a test item, ascending. */
    public int[] evaluatedUsers() {
        return java.util.stream.IntStream.range(0, histories.users()).filter(this::isEvaluated).toArray();
    }

    /**
     * How often each item occurs in training.
     *
     * @return [N + 1], index 0 (padding) is 0
     */
    public int[] trainFrequencies(int items) {
        int[] frequencies = new int[items + 1];
        for (int u = 0; u < histories.users(); u++) {
            int length = trainLength(u);
            for (int i = 0; i < length; i++) {
                frequencies[histories.item(u, i)]++;
            }
        }
        return frequencies;
    }
}
