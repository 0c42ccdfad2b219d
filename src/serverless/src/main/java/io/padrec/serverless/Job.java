package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.padrec.store.Claim;
import io.padrec.store.Event;
import io.padrec.store.Outbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** A process that is started for one event: it is done when the event's run is, whoever did that. */
@Unremovable
@ApplicationScoped
public class Job implements QuarkusApplication {
    /** The run is done, and what there is to tell of it has left. */
    static final int DONE = 0;
    /** It is not; the same event again may do it. */
    static final int NOT_DONE = 1;
    /** Nor may the same event ever do it: it can have no effect, or its run is parked. */
    static final int IN_VAIN = 2;
    private static final Logger LOG = Logger.getLogger(Job.class);

    @Inject
    Instance<PhaseWork> works;

    @Inject
    Runs runs;

    @Inject
    Attempt attempt;

    @Inject
    Worker worker;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Outbox outbox;

    @ConfigProperty(name = "padrec.run.poll")
    Duration poll;

    @ConfigProperty(name = "padrec.events.flush")
    Duration patience;

    /** @param args the file with the event, in CloudEvents' structured mode */
    @Override
    public int run(String... args) throws InterruptedException {
        try {
            Event event = event(Path.of(args[0]));
            MDC.put("event", event.id());
            return done(event);
        } catch (StoppedException e) {
            LOG.info("The job is not done: the process stops.");
            return NOT_DONE;
        } catch (Problem problem) {
            LOG.errorf("The event in %s is refused: %s", args[0], problem.getMessage());
            return problem.isTemporary() ? NOT_DONE : IN_VAIN;
        }
    }

    private int done(Event event) throws InterruptedException {
        PhaseWork work = works.stream().findFirst().orElseThrow(() -> Problem.impossible("this function takes no jobs"));
        Optional<String> run = whenDatabaseIsThere(() -> work.consume(event));
        boolean done = run.isEmpty() || isDone(work, run.get());
        if (!dispatcher.flush(patience)) {
            LOG.errorf("Events could not be sent for %d s; they wait in the outbox.", patience.toSeconds());
            // Those of other runs are others' to send.
            if (run.isPresent() && whenDatabaseIsThere(() -> outbox.unsent(run.get())) > 0) {
                return NOT_DONE;
            }
        }
        return done ? DONE : IN_VAIN;
    }

    private static Event event(Path file) {
        try {
            Event event = CloudEvents.structured(Files.readAllBytes(file));
            if (!EventGuard.types().contains(event.type())) {
                throw EventGuard.unknown(event.type());
            }
            return event;
        } catch (IOException e) {
            throw Problem.impossible("the file cannot be read: " + e);
        }
    }

    /** @return whether the run succeeded; false where it is parked */
    private boolean isDone(PhaseWork work, String id) throws InterruptedException {
        boolean told = false;
        while (true) {
            Optional<Claim> claim = whenDatabaseIsThere(() -> runs.claimRun(id, worker.name(), attempt.lease()));
            if (claim.isPresent()) {
                attempt.work(work, claim.get());
                continue;
            }
            Run run = whenDatabaseIsThere(() -> runs.find(id))
                    .orElseThrow(() -> Problem.impossible("there is no run '" + id + "'"));
            if (run.isOver()) {
                LOG.infof("Run %s is %s.", id, run.state());
                return run.state() == Run.State.SUCCEEDED;
            }
            if (!told) {
                LOG.infof("Run %s %s.", id, run.leaseOwner() == null ? "waits for its next attempt"
                        : "is worked on by " + run.leaseOwner());
            }
            told = true;
            Thread.sleep(poll);
        }
    }

    /** Waits where the database is away. What else is wrong is the event's fault, or of a disk or network that is not waited for. */
    private <T> T whenDatabaseIsThere(Supplier<T> question) throws InterruptedException {
        boolean told = false;
        while (!worker.isStopping()) {
            try {
                return question.get();
            } catch (PadrecException e) {
                if (!Failures.isDatabase(e)) {
                    throw Failures.problem(e, "The job");
                }
                if (!told) {
                    LOG.warn(e.getMessage());
                }
                told = true;
                Thread.sleep(poll);
            }
        }
        throw new StoppedException();
    }
}
