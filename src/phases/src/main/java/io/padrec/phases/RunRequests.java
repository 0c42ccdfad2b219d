package io.padrec.phases;

import io.padrec.serverless.CurrentRequest;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.serverless.Worker;
import io.padrec.store.Outbox;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How requests ask for runs, the same for every phase. */
public class RunRequests {
    @Inject
    Runs runs;

    @Inject
    Outbox outbox;

    @Inject
    Worker worker;

    @Inject
    CurrentRequest request;

    /** {@code POST /runs/retry {"run": R}} begins a parked run again, of whatever phase. */
    @Funq("runs/retry")
    @Transactional
    public Map<String, Object> retry(Map<String, Object> body) {
        String id = run(body);
        if (runs.find(id).isEmpty()) {
            throw Problem.notFound("run", "there is no run " + Fields.quoted(id));
        }
        return asked(runs.retry(id));
    }

    /** The run that a request names. */
    String run(Map<String, Object> body) {
        return request.fields(body, Set.of("run")).text("run")
                .orElseThrow(() -> Problem.wrong("run", "run is not given; give a run's id"));
    }

    /** Asks for a worker where the run waits for one, and answers {@code {"run", "state"}} with status 202. */
    Map<String, Object> asked(Run run) {
        if (run.state() == Run.State.QUEUED) {
            // A worker of this process sees the run by itself; where none is up, the event starts one.
            outbox.add(PhaseEvents.requested(run, request.traceparent()));
            worker.nudge();
        }
        request.accepted();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("run", run.id());
        answer.put("state", run.state().name());
        return answer;
    }
}
