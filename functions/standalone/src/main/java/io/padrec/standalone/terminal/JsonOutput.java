package io.padrec.standalone.terminal;

import io.padrec.core.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object a line, for programs. */
final class JsonOutput implements Output {
    private final PrintStream out;

    JsonOutput(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(String step) {
        print(line(step, "begun"));
    }

    @Override
    public void advance(String step, Advance advance) {
        // Programs get whole epochs and steps; the share in between is for eyes.
    }

    @Override
    public void epoch(String step, Epoch epoch) {
        Map<String, Object> line = line(step, "running");
        line.put("part", epoch.part());
        line.put("epoch", epoch.epoch());
        line.put("epochs", epoch.epochs());
        line.put("loss", epoch.loss());
        line.put("validation.hr@10", epoch.hr10());
        line.put("validation.ndcg@10", epoch.ndcg10());
        line.put("secondsLeft", epoch.secondsLeft());
        print(line);
    }

    @Override
    public void done(String step, double seconds, String detail) {
        Map<String, Object> line = line(step, "done");
        line.put("seconds", seconds);
        line.put("detail", detail);
        print(line);
    }

    @Override
    public void skipped(String step, double seconds, String detail) {
        Map<String, Object> line = line(step, "skipped");
        line.put("seconds", seconds);
        line.put("detail", detail);
        print(line);
    }

    @Override
    public void note(String text) {
        print(Map.of("note", text));
    }

    @Override
    public void happened(String who, Map<String, Object> json, String text) {
        print(json);
    }

    @Override
    public void result(Map<String, Object> json, String text) {
        print(json);
    }

    @Override
    public void finish() {
        out.flush();
    }

    private static Map<String, Object> line(String step, String state) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("state", state);
        return line;
    }

    private synchronized void print(Map<String, Object> line) {
        out.println(Json.write(line));
        out.flush();
    }
}
