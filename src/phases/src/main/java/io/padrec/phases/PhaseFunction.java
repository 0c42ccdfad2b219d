package io.padrec.phases;

import io.padrec.core.PadrecException;
import io.padrec.phases.Phases.Trained;
import io.padrec.serverless.CurrentRequest;
import io.padrec.serverless.Heart;
import io.padrec.serverless.PhaseWork;
import io.padrec.serverless.Role;
import io.padrec.serverless.Routes;
import io.padrec.serverless.Worker;
import io.padrec.store.Claim;
import io.padrec.store.Event;
import io.padrec.store.Inbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.training.Progress;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One phase as a function from an event to an event: events and requests begin runs, whoever is free works on them, and each
 * ends with its event. A function is a subclass, as a bean, that names Funqy the path and the events of its phase.
 */
public abstract class PhaseFunction implements PhaseWork {
    private static final Logger LOG = Logger.getLogger(PhaseFunction.class);

    @Inject
    Beginnings beginnings;

    @Inject
    Phases phases;

    @Inject
    Promotions promotions;

    @Inject
    TrainingDefaults defaults;

    @Inject
    Runs runs;

    @Inject
    Inbox inbox;

    @Inject
    Worker worker;

    @Inject
    RunRequests requests;

    @Inject
    CurrentRequest request;

    private final Phase phase;

    protected PhaseFunction(Phase phase) {
        this.phase = phase;
    }

    void declare(@Observes Routes routes) {
        routes.post("/" + phase, Role.TRAIN).get("/runs", Role.TRAIN).post("/runs/retry", Role.TRAIN).events();
    }

    @Override
    public String phase() {
        return phase.toString();
    }

    @Override
    @Transactional
    public Optional<String> consume(Event event) {
        if (!inbox.take(event.source(), event.id(), event.type())) {
            return beginnings.madeBy(phase, event).map(Run::id);
        }
        Run run = beginnings.by(phase, event);
        worker.nudge();
        return Optional.of(run.id());
    }

    /** Gives the event that is delivered its effect. */
    @Transactional
    protected void take() {
        consume(request.event());
    }

    /**
     * Begins the run that a request asks for, and asks for a worker: {@code {"run", "state"}}, with status 202.
     *
     * @param body of phase 1: a snapshot or a dataset, and recipe, backbone, epochs and seed; of the others the run before
     */
    @Transactional
    protected Map<String, Object> begin(Map<String, Object> body) {
        String traceparent = request.traceparent();
        return requests.asked(phase == Phase.PRETRAIN
                ? beginnings.first(request.fields(body, Beginnings.INGREDIENTS), traceparent)
                : beginnings.next(phase, requests.run(body), traceparent));
    }

    @Override
    public Run work(Claim claim, Heart heart) {
        Trained trained = phases.train(claim, defaults.settings(), new Progress() {
            @Override
            public void step(Step step) {
                heart.check();
            }

            @Override
            public void batch(String part, int epoch, int epochs, double done) {
                heart.check();
            }
        });
        heart.check();
        Run done = phase == Phase.FINETUNE ? promotions.end(claim, trained, defaults.settings())
                : runs.succeed(claim, trained.bundle(), trained.metrics(), List.of(
                        PhaseEvents.completed(claim.run(), trained.bundle(), trained.metrics(), Map.of())));
        try {
            phases.forget(done);
        } catch (PadrecException e) {
            LOG.warnf("The checkpoints of run %s, which is done, are still there: %s", done.id(), e.getMessage());
        }
        return done;
    }

    @Override
    public List<Event> whenParked(Run run, String error) {
        return List.of(PhaseEvents.failed(run, error));
    }
}
