package io.padrec.standalone.chain;

import io.padrec.core.PadrecException;
import io.padrec.standalone.terminal.Output;
import io.padrec.standalone.terminal.Output.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Looks on while the run of one phase goes from state to state, and says what changes. */
final class Following {
    private final Functions functions;
    private final Output output;
    private final String snapshot;
    private final String phase;
    private boolean begun;
    private Object lastAttempt;
    private Object lastError;
    private List<Object> lastEpoch = List.of();

    Following(Functions functions, Output output, String snapshot, String phase) {
        this.functions = functions;
        this.output = output;
        this.snapshot = snapshot;
        this.phase = phase;
    }

    /**
     * Waits for the phase's run to succeed.
     *
     * @param wish   what is being trained, which names the run of the first phase
     * @param parent the run of the phase before; none for the first
     * @return the run
     * @throws PadrecException where it failed for good
     */
    Map<String, Object> until(Wish wish, Optional<Map<String, Object>> parent) {
        Map<String, Object> config = wish.config();
        while (true) {
            Optional<Map<String, Object>> found = runs().stream().filter(run -> phase.equals(run.get("phase"))
                    && parent.map(before -> before.get("id").equals(run.get("parent")))
                            .orElseGet(() -> config.equals(run.get("config")) && wish.seed() == (Long) run.get("seed")
                                    && wish.dataset().equals(run.get("dataset")))).findFirst();
            if (found.isPresent() && isOver(found.get())) {
                return found.get();
            }
            Functions.pause();
        }
    }

    private boolean isOver(Map<String, Object> run) {
        String state = (String) run.get("state");
        if (state.equals("SUCCEEDED")) {
            String detail = "run " + run.get("id");
            if (begun) {
                output.done(phase, seconds(run), detail);
            } else {
                output.skipped(phase, seconds(run), detail);
            }
            return true;
        }
        if (!begun) {
            output.begin(phase);
            begun = true;
        }
        tell(run);
        if (state.equals("FAILED")) {
            throw new PadrecException("run " + run.get("id") + " failed for good: " + run.get("error")
                    + "; mend that, and have it tried again by POST /runs/retry {\"run\":\"" + run.get("id") + "\"} to " + phase);
        }
        return false;
    }

    private void tell(Map<String, Object> run) {
        Object attempt = run.get("attempt");
        if (lastAttempt != null && !lastAttempt.equals(attempt)) {
            output.note("run " + run.get("id") + " is worked by another worker now, attempt " + attempt);
        }
        lastAttempt = attempt;
        Object error = run.get("error");
        if (error != null && !error.equals(lastError)) {
            output.note("run " + run.get("id") + " failed, and is tried again: " + error);
        }
        lastError = error;
        if (run.get("progress") instanceof Map<?, ?> progress && progress.get("epoch") instanceof Long epoch) {
            List<Object> now = List.of(progress.get("part"), epoch);
            if (!now.equals(lastEpoch)) {
                output.epoch(phase, new Epoch(progress.get("part").toString(), epoch.intValue(),
                        ((Number) progress.get("epochs")).intValue(), figure(progress, "loss"), figure(progress, "validation hr@10"),
                        figure(progress, "validation ndcg@10"), 0));
                lastEpoch = now;
            }
        }
    }

    private static double figure(Map<?, ?> progress, String name) {
        return progress.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static double seconds(Map<String, Object> run) {
        return Duration.between(Instant.parse(Objects.toString(run.get("startedAt"))),
                Instant.parse(Objects.toString(run.get("finishedAt")))).toMillis() / 1e3;
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> runs() {
        Answer answer = Functions.good(functions.get(phase, "train", "/runs?snapshot=" + snapshot));
        return ((List<?>) answer.json().get("runs")).stream().map(run -> (Map<String, Object>) run).toList();
    }
}
