package io.padrec.ranking;

/** Is told how long the stages of answering took. */
@FunctionalInterface
public interface Stages {
    /** Tells nobody. */
    Stages UNTOLD = (encode, score, best) -> {
    };

    /**
     * @param encode nanoseconds from histories to users' vectors
     * @param score  nanoseconds of going through the items, the best so far kept on the way
     * @param best   nanoseconds of putting the best in order, with each expert's share
     */
    void took(long encode, long score, long best);
}
