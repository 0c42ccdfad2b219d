package io.padrec.standalone.pipeline;

import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Outputs;
import java.nio.file.Path;

/**
 * Where steps work.
 *
 * @param home   the home folder
 * @param store  what earlier steps left
 * @param output where they say how it goes
 */
public record Workplace(Path home, Store store, Output output) {
    /** The same, where every step says {@code whose} it is. */
    public Workplace of(String whose) {
        return new Workplace(home, store, Outputs.of(output, whose));
    }

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
