package io.padrec.standalone.reproduce;

/** What {@link Drawing} draws. */
sealed interface Picture permits Figure, Lines {
    /** What it shows in words, for who does not see it. */
    String finding();

    /** What stands below it. */
    String caption();
}
