package io.padrec.training;

import java.util.Set;

/**
 * A row of the paper's tables: a recipe, and which of the models that it trains is measured.
 *
 * @param name     what reports call it
 * @param tables   where it stands
 * @param recipe   how it is trained; rows whose recipes agree in what a phase depends on share that phase
 * @param measured the model
 */
public record Variant(String name, Set<Table> tables, Recipe recipe, Measured measured) {
    /**
     * The paper's tables and figures (PAD, section 6): the rivals; PAD by the target's frequency; distances between a cold
     * item's vectors; the anchor; alignment losses; what each part is worth. {@code BEYOND} is what the paper has no row of.
     */
    public enum Table { MAIN, FIG2, FIG3, FIG4, FIG5A, FIG5B, BEYOND }

    /** A model and the phase that makes it: none, phase 1, phase 2, phase 3. */
    public enum Measured {
        POPULARITY(0), TEXT_KNN(0), ID(1), TEXT(1), ALIGNED(2), PAD(3);

        private final int phases;

        Measured(int phases) {
            this.phases = phases;
        }

        /** How many phases make it. */
        public int phases() {
            return phases;
        }
    }
}
