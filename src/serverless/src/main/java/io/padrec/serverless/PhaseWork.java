package io.padrec.serverless;

import io.padrec.store.Claim;
import io.padrec.store.Event;
import io.padrec.store.Run;
import java.util.List;
import java.util.Optional;

/**
 * What a training function does, as one bean; an application without one has no worker. The same bean serves events over HTTP and
 * a job that is started for one event.
 */
public interface PhaseWork {
    /** {@code pretrain}, {@code align} or {@code finetune}. */
    String phase();

    /**
     * Gives an event its effect, once, in one transaction with the note that it was taken.
     *
     * @return the id of the run that the event is for, also where it took effect before; empty where it is for none
     * @throws io.padrec.core.PadrecException where it can have none, such as for a snapshot that is not there
     */
    Optional<String> consume(Event event);

    /**
     * Works on a run until it is done, and ends it with its events by {@link io.padrec.store.Runs#succeed}. It is interrupted where
     * the process stops or the lease is lost; what it throws then counts as no failure.
     *
     * @return the run that is done
     */
    Run work(Claim claim, Heart heart) throws Exception;

    /** What to tell of a run that failed for good. */
    List<Event> whenParked(Run run, String error);
}
