package io.padrec.standalone.pipeline;

import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Output.Advance;
import io.padrec.store.Claim;
import io.padrec.store.Run;
import io.padrec.training.Progress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Passes a phase's progress on to the user and to the store, and keeps its time. */
final class RunProgress implements Progress {
    private final Workplace workplace;
    private final Claim claim;
    private final Run run;
    private final Seconds seconds;
    private long began = System.nanoTime();

    RunProgress(Workplace workplace, Claim claim) {
        this.workplace = workplace;
        this.claim = claim;
        this.run = claim.run();
        this.seconds = workplace.seconds();
    }

    @Override
    public void step(Step step) {
        keepTime();
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("part", step.part());
        progress.put("epoch", step.epoch());
        progress.put("epochs", step.epochs());
        progress.put("loss", step.loss());
        progress.put("validation hr@10", step.hr10());
        progress.put("validation ndcg@10", step.ndcg10());
        workplace.store().runs().progress(claim, progress);
        workplace.output().epoch(run.phase(), new Output.Epoch(step.part(), step.epoch(), step.epochs(), step.loss(),
                step.hr10(), step.ndcg10(), step.secondsLeft()));
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
