package io.padrec.standalone.terminal;

import java.util.Map;

/**
 * Says whose each step is, where several are on their way at once.
 *
 * @param whose follows the name of every step
 */
record StepsOutput(Output output, String whose) implements Output {
    @Override
    public void begin(String step) {
        output.begin(step + whose);
    }

    @Override
    public void advance(String step, Advance advance) {
        output.advance(step + whose, advance);
    }

    @Override
    public void epoch(String step, Epoch epoch) {
        output.epoch(step + whose, epoch);
    }

    @Override
    public void done(String step, double seconds, String detail) {
        output.done(step + whose, seconds, detail);
    }

    @Override
    public void skipped(String step, double seconds, String detail) {
        output.skipped(step + whose, seconds, detail);
    }

    @Override
    public void note(String line) {
        output.note(line);
    }

    @Override
    public void happened(String who, Map<String, Object> json, String text) {
        output.happened(who, json, text);
    }

    @Override
    public void result(Map<String, Object> json, String text) {
        output.result(json, text);
    }

    @Override
    public void finish() {
        output.finish();
    }
}
