package io.padrec.standalone.terminal;

import java.io.PrintStream;
import java.util.Map;

/** One line for each thing that happens: for logs and pipes. */
class LineOutput implements Output {
    final PrintStream out;

    LineOutput(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(String step) {
        print(step, "begins");
    }

    @Override
    public void advance(String step, Advance advance) {
        // A log wants milestones, not movement: epochs and ends of steps say enough.
    }

    @Override
    public void epoch(String step, Epoch epoch) {
        print(step, epoch.part() + " epoch " + epoch.epoch() + "/" + epoch.epochs() + ": " + Format.figures(epoch));
    }

    @Override
    public void done(String step, double seconds, String detail) {
        print(step, "done in " + Format.duration(seconds) + (detail.isEmpty() ? "" : ": " + detail));
    }

    @Override
    public void skipped(String step, double seconds, String detail) {
        print(step, "skipped, done before" + (seconds > 0 ? " in " + Format.duration(seconds) : "")
                + (detail.isEmpty() ? "" : ": " + detail));
    }

    @Override
    public void note(String line) {
        out.println(line);
    }

    @Override
    public void happened(String who, Map<String, Object> json, String text) {
        print(who, text);
    }

    @Override
    public void result(Map<String, Object> json, String text) {
        out.println();
        out.println(text);
    }

    @Override
    public void finish() {
        out.flush();
    }

    void print(String step, String text) {
        out.printf("%-9s %s%n", step, text);
    }
}
