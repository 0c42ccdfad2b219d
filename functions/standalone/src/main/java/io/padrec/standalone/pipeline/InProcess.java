package io.padrec.standalone.pipeline;

import io.padrec.core.PadrecException;
import io.padrec.phases.Phases.Trained;
import io.padrec.store.Claim;
import io.padrec.store.Run;
import io.padrec.training.Progress;
import io.padrec.training.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Does runs of training here.
 *
 * @param settings where PyTorch runs
 */
public record InProcess(Workplace workplace, Settings settings) implements Trainer {
    /** Nobody else is to go on with a command's work while it may come back. */
    private static final Duration LEASE = Duration.ofDays(1);

    @Override
    public Run train(Run run, Progress progress) {
        Claim claim = claim(run);
        Run done;
        try {
            Trained trained = workplace.store().phases().train(claim, settings, progress);
            done = workplace.store().runs().succeed(claim, trained.bundle(), trained.metrics(), List.of());
        } catch (RuntimeException e) {
            fail(claim, e);
            throw e;
        }
        workplace.store().phases().forget(done);
        return done;
    }

    private Claim claim(Run run) {
        // One command holds the home folder, so what worked under its name before is over.
        String owner = "padrec in " + workplace.home();
        return workplace.store().runs().claimRun(run.id(), owner, LEASE).orElseThrow(() -> {
            Run held = workplace.store().runs().find(run.id()).orElseThrow();
            return new PadrecException("run " + run.id() + " is being worked by '" + held.leaseOwner() + "' until "
                    + held.leaseExpires() + " at least; wait for it, or stop it");
        });
    }

    private void fail(Claim claim, RuntimeException failure) {
        try {
            workplace.store().runs().fail(claim, String.valueOf(failure.getMessage()), 1, List.of());
        } catch (RuntimeException e) {
            // The first failure is the one to report; without its note the run counts as cut off, and goes on all the same.
            failure.addSuppressed(e);
        }
    }
}
