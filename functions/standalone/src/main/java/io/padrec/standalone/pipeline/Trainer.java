package io.padrec.standalone.pipeline;

import io.padrec.core.PadrecException;
import io.padrec.store.Run;
import io.padrec.training.Progress;

/** Does runs of training. */
public interface Trainer {
    /**
     * Does one, from where whoever worked on it before left it.
     *
     * @return the run, which has succeeded
     * @throws PadrecException where it fails, which the store then knows too
     */
    Run train(Run run, Progress progress);
}
