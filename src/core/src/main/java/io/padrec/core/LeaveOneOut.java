package io.padrec.core;

/**
 * The leave-one-out split: of each user's history the last item tests, the one before validates, the rest trains. A user with
 * fewer than three items only trains.
 */
public record LeaveOneOut(Histories histories) implements Split {
    /** The last two items are held out, and one is needed to predict them from. */
    private static final int SHORTEST = 3;

    @Override
    public int trainLength(int user) {
        return histories.length(user) < SHORTEST ? histories.length(user) : histories.length(user) - 2;
    }

    @Override
    public boolean isEvaluated(int user, Stage stage) {
        return histories.length(user) >= SHORTEST;
    }

    @Override
    public int contextLength(int user, Stage stage) {
        return histories.length(user) - (stage == Stage.TEST ? 1 : 2);
    }
}
