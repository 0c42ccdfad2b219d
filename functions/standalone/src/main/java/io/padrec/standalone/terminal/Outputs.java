package io.padrec.standalone.terminal;

import java.io.PrintStream;

/** Chooses how a command speaks. */
public final class Outputs {
    private Outputs() {
    }

    /**
     * @param json    JSON lines instead of text
     * @param columns width of the terminal, or 0 where the output is no terminal
     */
    public static Output of(PrintStream out, boolean json, int columns) {
        if (json) {
            return new JsonOutput(out);
        }
        return columns > 0 ? new BarOutput(out, columns) : new LineOutput(out);
    }

    /** The same output, where every step says {@code whose} it is. */
    public static Output of(Output output, String whose) {
        return new StepsOutput(output, " (" + whose + ")");
    }
}
