package io.padrec.core;

import java.util.Arrays;

/**
 * The global temporal split: what took place before {@code validationFrom} trains, all users alike. A user's next item from then
 * on, before {@code testFrom}, validates; the next from {@code testFrom} on tests, with everything before it as context. A user
 * without such an item, or without an item before it, is not evaluated at that stage.
 *
 * @param histories      with their times
 * @param validationFrom the first time that does not train
 * @param testFrom       the first time that is later than validation's
 */
public record Temporal(Histories histories, long validationFrom, long testFrom) implements Split {
    /** Shares of the interactions that are earlier than the two times. */
    private static final double TRAINING = 0.8;
    private static final double BEFORE_TEST = 0.9;

    /** @throws IllegalArgumentException where the histories have no times, or the stages are the wrong way round */
    public Temporal {
        if (!histories.hasTimes() || validationFrom > testFrom) {
            throw new IllegalArgumentException("a temporal split needs times, and validation before the test");
        }
    }

    /**
     * Cuts at the quantiles of the interactions' times. What took place at the very time of a cut comes after it.
     *
     * @throws PadrecException where the histories have no times
     */
    public static Temporal of(Histories histories) {
        if (!histories.hasTimes() || histories.interactions() == 0) {
            throw new PadrecException("not every interaction has a time, so there is no temporal split; import the dataset with its "
                    + "times, or split by leave-one-out");
        }
        long[] times = histories.times().clone();
        Arrays.parallelSort(times);
        return new Temporal(histories, times[(int) (TRAINING * times.length)], times[(int) (BEFORE_TEST * times.length)]);
    }

    @Override
    public int trainLength(int user) {
        return before(user, validationFrom);
    }

    @Override
    public boolean isEvaluated(int user, Stage stage) {
        int context = contextLength(user, stage);
        return context > 0 && context < histories.length(user)
                && (stage == Stage.TEST || histories.time(user, context) < testFrom);
    }

    @Override
    public int contextLength(int user, Stage stage) {
        return before(user, stage == Stage.TEST ? testFrom : validationFrom);
    }

    /** How many of the user's items are earlier. */
    private int before(int user, long time) {
        int low = 0;
        int high = histories.length(user);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (histories.time(user, middle) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
