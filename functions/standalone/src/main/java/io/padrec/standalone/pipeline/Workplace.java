package io.padrec.standalone.pipeline;

import io.padrec.standalone.terminal.Output;
import java.nio.file.Path;

/**
 * Where steps work.
 *
 * @param home   the home folder
 * @param store  what earlier steps left
 * @param output where they say how it goes
 */
public record Workplace(Path home, Store store, Output output) {
    Seconds seconds() {
        return new Seconds(home.resolve("seconds.json"));
    }

    /** Of a run, by part and epoch, such as {@code id 3}: how long that part had been trained when the epoch ended. */
    public Seconds epochs(String run) {
        return new Seconds(home.resolve("epochs").resolve(run + ".json"));
    }

    Path downloads() {
        return home.resolve("downloads");
    }
}
