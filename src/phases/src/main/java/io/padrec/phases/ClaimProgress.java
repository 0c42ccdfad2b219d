package io.padrec.phases;

import io.padrec.store.CheckpointFolder;
import io.padrec.store.Claim;
import io.padrec.store.Runs;
import io.padrec.training.Progress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says after every epoch how far a run is, and publishes its checkpoint. The saying comes first: it is refused where another
 * worker holds the run, and so ends the training of one that lost it.
 */
final class ClaimProgress implements Progress {
    private final Runs runs;
    private final Claim claim;
    private final CheckpointFolder checkpoints;
    private final Progress listener;

    ClaimProgress(Runs runs, Claim claim, CheckpointFolder checkpoints, Progress listener) {
        this.runs = runs;
        this.claim = claim;
        this.checkpoints = checkpoints;
        this.listener = listener;
    }

    @Override
    public void step(Step step) {
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("part", step.part());
        progress.put("epoch", step.epoch());
        progress.put("epochs", step.epochs());
        progress.put("loss", step.loss());
        progress.put("validation hr@10", step.hr10());
        progress.put("validation ndcg@10", step.ndcg10());
        runs.progress(claim, progress);
        checkpoints.publish();
        listener.step(step);
    }

    @Override
    public void batch(String part, int epoch, int epochs, double done) {
        listener.batch(part, epoch, epochs, done);
    }
}
