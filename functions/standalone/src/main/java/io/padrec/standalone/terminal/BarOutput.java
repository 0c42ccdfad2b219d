package io.padrec.standalone.terminal;

import java.io.PrintStream;
import java.util.Map;

/** A terminal: the step at hand is one line that is drawn over and over, with a bar. */
final class BarOutput extends LineOutput {
    private static final int BAR = 20;
    private static final long REDRAW_NANOS = 100_000_000L;
    /** Back to the line's beginning, and clear to its end. */
    private static final String CLEAR = "\r\u001b[K";

    /** What Ctrl-C shows at the end of the line, as ^C. */
    private static final int ECHO = 3;

    private final int columns;
    private boolean drawn;
    private boolean finished;
    private long lastDrawn;
    private String lastPart = "";
    private String lastEpoch = "";

    BarOutput(PrintStream out, int columns) {
        super(out);
        this.columns = columns;
    }

    @Override
    public synchronized void begin(String step) {
        lastEpoch = "";
        draw(step, new Advance("", 0, ""));
    }

    @Override
    public synchronized void advance(String step, Advance advance) {
        if (!advance.part().startsWith(lastPart)) {
            lastEpoch = "";
        }
        if (System.nanoTime() - lastDrawn > REDRAW_NANOS) {
            draw(step, advance);
        }
    }

    @Override
    public synchronized void epoch(String step, Epoch epoch) {
        lastPart = epoch.part();
        lastEpoch = Format.figures(epoch);
        draw(step, new Advance(epoch.part() + " " + epoch.epoch() + "/" + epoch.epochs(),
                (double) epoch.epoch() / epoch.epochs(), ""));
    }

    @Override
    public synchronized void note(String line) {
        erase();
        super.note(line);
    }

    @Override
    public synchronized void result(Map<String, Object> json, String text) {
        erase();
        super.result(json, text);
    }

    @Override
    public synchronized void finish() {
        erase();
        // Work that is being cut off goes on for a moment, and must not draw over what is said last.
        finished = true;
        super.finish();
    }

    @Override
    synchronized void print(String step, String text) {
        erase();
        super.print(step, text);
    }

    private void draw(String step, Advance advance) {
        if (finished) {
            return;
        }
        int filled = (int) Math.round(BAR * Math.clamp(advance.done(), 0, 1));
        String detail = advance.detail().isEmpty() ? lastEpoch : advance.detail();
        String line = String.format("%-9s [%s%s] %s  %s", step, "#".repeat(filled), "-".repeat(BAR - filled), advance.part(),
                detail);
        out.print(CLEAR + Format.fit(line, columns - ECHO));
        out.flush();
        drawn = true;
        lastDrawn = System.nanoTime();
    }

    private void erase() {
        if (drawn) {
            out.print(CLEAR);
            drawn = false;
        }
    }
}
