package io.padrec.standalone.pipeline;

import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Outputs;
import io.padrec.store.Run;
import io.padrec.training.Progress;
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

    /** Says how an epoch of a run went. */
    public void tell(Run run, Progress.Step step) {
        output.epoch(run.phase(), new Output.Epoch(step.part(), step.epoch(), step.epochs(), step.loss(), step.hr10(), step.ndcg10(),
                step.secondsLeft()));
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
