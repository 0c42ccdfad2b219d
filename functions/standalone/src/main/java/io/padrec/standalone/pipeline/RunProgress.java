package io.padrec.standalone.pipeline;

import io.padrec.standalone.terminal.Output.Advance;
import io.padrec.store.Run;
import io.padrec.training.Progress;

/** Passes a phase's progress on to the user, and keeps its time and that of each epoch. */
final class RunProgress implements Progress {
    private final Workplace workplace;
    private final Run run;
    private final Seconds seconds;
    private final Seconds epochs;
    private long began = System.nanoTime();

    RunProgress(Workplace workplace, Run run) {
        this.workplace = workplace;
        this.run = run;
        this.seconds = workplace.seconds();
        this.epochs = workplace.epochs(run.id());
    }

    @Override
    public void step(Step step) {
        epochs.set(step.part() + " " + step.epoch(), epochs.add(step.part(), began));
        keepTime();
        workplace.tell(run, step);
    }

    @Override
    public void batch(String part, int epoch, int epochs, double done) {
        workplace.output().advance(run.phase(),
                new Advance(part + " " + epoch + "/" + epochs, (epoch - 1 + done) / epochs, ""));
    }

    /** The phase is over; returns the seconds that it took, over all its attempts. */
    double finish() {
        return keepTime();
    }

    private double keepTime() {
        double sum = seconds.add(run.id(), began);
        began = System.nanoTime();
        return sum;
    }
}
