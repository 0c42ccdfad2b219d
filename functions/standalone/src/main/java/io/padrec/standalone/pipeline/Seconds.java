package io.padrec.standalone.pipeline;

import io.padrec.core.AtomicFiles;
import io.padrec.core.Json;
import io.padrec.core.PadrecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long each step has worked, kept beside its result: a run that was stopped and went on, or that found a step done,
 * reports the time that the work took, not the time of looking it up.
 */
public final class Seconds {
    private final Path file;

    Seconds(Path file) {
        this.file = file;
    }

    /** Seconds of work on {@code step} so far; 0 where none is known. */
    double of(String step) {
        return read().get(step) instanceof Number number ? number.doubleValue() : 0;
    }

    /** Seconds of work on every step that is known. */
    public Map<String, Double> all() {
        Map<String, Double> all = new TreeMap<>();
        read().forEach((step, seconds) -> all.put(step, ((Number) seconds).doubleValue()));
        return all;
    }

    /** Adds the time since {@code beganNanos} and returns the new sum. */
    double add(String step, long beganNanos) {
        double sum = of(step) + (System.nanoTime() - beganNanos) / 1e9;
        set(step, sum);
        return sum;
    }

    void set(String step, double seconds) {
        // Rows that are trained side by side write into one file.
        synchronized (Seconds.class) {
            Map<String, Object> all = read();
            all.put(step, Math.round(seconds * 1000) / 1000.0);
            AtomicFiles.writeString(file, Json.pretty(all));
        }
    }

    private Map<String, Object> read() {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            return new TreeMap<>(Json.parseObject(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new PadrecException("cannot read " + file + ": " + e.getMessage() + "; delete it to go on", e);
        }
    }
}
