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

    Path downloads() {
        return home.resolve("downloads");
    }
}
