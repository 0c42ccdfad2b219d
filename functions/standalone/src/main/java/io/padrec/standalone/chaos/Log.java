package io.padrec.standalone.chaos;

import io.padrec.standalone.terminal.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was done to the functions, and in which stage of the pipeline. */
final class Log {
    private final Output output;
    private final long began = System.nanoTime();
    private final List<Deed> deeds = new ArrayList<>();

    Log(Output output) {
        this.output = output;
    }

    /**
     * One thing that was done.
     *
     * @param kind   {@code kill}, {@code database}, {@code sink} or {@code pause}
     * @param target the process that it was done to
     */
    record Deed(double seconds, Stage stage, String kind, String target) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("seconds", Math.round(seconds * 10) / 10.0);
            json.put("stage", stage.title());
            json.put("kind", kind);
            json.put("target", target);
            return json;
        }
    }

    synchronized void did(Stage stage, String kind, String target, String text) {
        deeds.add(new Deed((System.nanoTime() - began) / 1e9, stage, kind, target));
        output.note("chaos: " + text);
    }

    synchronized List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    synchronized long count(String kind) {
        return deeds.stream().filter(deed -> deed.kind().equals(kind)).count();
    }

    synchronized long kills(Stage stage, String target) {
        return deeds.stream().filter(deed -> deed.kind().equals("kill") && deed.stage() == stage && deed.target().equals(target)).count();
    }
}
