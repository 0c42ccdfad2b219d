package io.padrec.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What of each user's history trains, and which item is held out for which stage (PAD, section 5 of the protocol). The training
 * items are the history's first, and a stage's context is all that stands before its target.
 */
public sealed interface Split permits LeaveOneOut, Temporal {
    /** Which held-out item is asked for. */
    enum Stage { VALIDATION, TEST }

    /** The ways to split. */
    enum Kind {
        LEAVE_ONE_OUT, TEMPORAL;

        /** @throws PadrecException where there is none of that name */
        public static Kind named(String name) {
            return Arrays.stream(values()).filter(kind -> kind.toString().equals(name)).findFirst().orElseThrow(() ->
                    new PadrecException("no split '" + name + "'; there are leave-one-out and temporal"));
        }

        /**
         * Splits histories in this way.
         *
         * @throws PadrecException where that takes times, and they have none
         */
        public Split of(Histories histories) {
            return this == TEMPORAL ? Temporal.of(histories) : new LeaveOneOut(histories);
        }

        /** As people type it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Histories histories();

    /** How many of the user's items train. */
    int trainLength(int user);

    /** True where the user has a target at the stage, and items before it. */
    boolean isEvaluated(int user, Stage stage);

    /** How many items stand before the stage's target; for a user who is evaluated at the stage. */
    int contextLength(int user, Stage stage);

    /** The item to be predicted; for a user who is evaluated at the stage. */
    default int target(int user, Stage stage) {
        return histories().item(user, contextLength(user, stage));
    }

    /** The numbers of the users that have a target at the stage, ascending. */
    default int[] evaluatedUsers(Stage stage) {
        return IntStream.range(0, histories().users()).filter(user -> isEvaluated(user, stage)).toArray();
    }

    /**
     * How often each item occurs in training.
     *
     * @return [N + 1], index 0 (padding) is 0
     */
    default int[] trainFrequencies(int items) {
        int[] frequencies = new int[items + 1];
        for (int u = 0; u < histories().users(); u++) {
            int length = trainLength(u);
            for (int i = 0; i < length; i++) {
                frequencies[histories().item(u, i)]++;
            }
        }
        return frequencies;
    }
}
