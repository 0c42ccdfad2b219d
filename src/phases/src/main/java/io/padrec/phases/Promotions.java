package io.padrec.phases;

import io.padrec.core.PadrecException;
import io.padrec.phases.Phases.Trained;
import io.padrec.store.Claim;
import io.padrec.store.LeaseLostException;
import io.padrec.store.Model;
import io.padrec.store.Models;
import io.padrec.store.Promotion;
import io.padrec.store.Run;
import io.padrec.store.Runs;
import io.padrec.training.Settings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which model is served: a new one that is no worse than the one before, or one that somebody names. */
@ApplicationScoped
public class Promotions {
    @Inject
    Runs runs;

    @Inject
    Models models;

    @Inject
    Evaluations evaluations;

    @ConfigProperty(name = "padrec.promotion.margin")
    double margin;

    /**
     * Ends a run of phase finetune: its model is registered, and promoted where it is no worse than the one that is served, on
     * the run's snapshot. All of it takes place at once, with the events that tell of it, or nothing does.
     *
     * @throws LeaseLostException where the run is no longer this worker's
     * @throws PadrecException    where the model that is served cannot be read, and so not be compared
     */
    Run end(Claim claim, Trained trained, Settings settings) {
        Map<String, Object> evaluation = evaluations.of(claim.run(), settings);
        while (true) {
            Decision decision = decide(claim.run(), test(evaluation), settings);
            Optional<Run> ended = QuarkusTransaction.requiringNew().call(() -> end(claim, trained, evaluation, decision));
            if (ended.isPresent()) {
                return ended.get();
            }
        }
    }

    /** Empty, and nothing done, where another model was promoted since the decision. */
    private Optional<Run> end(Claim claim, Trained trained, Map<String, Object> evaluation, Decision decision) {
        Run run = claim.run();
        String id = modelId(run);
        Map<String, Object> metrics = new LinkedHashMap<>(trained.metrics());
        metrics.put("test", test(evaluation));
        metrics.put("promotion", decision.toMap());
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("model", id);
        more.put("promoted", decision.promoted());
        Run ended = runs.succeed(claim, trained.bundle(), metrics,
                List.of(PhaseEvents.completed(run, trained.bundle(), metrics, more)));
        // Registering keeps other writers of models away until the transaction ends.
        models.register(id, run.dataset(), run.id(), trained.bundle(), test(evaluation));
        if (!models.promoted().map(Model::id).equals(Optional.ofNullable(decision.against()))) {
            QuarkusTransaction.setRollbackOnly();
            return Optional.empty();
        }
        if (decision.promoted()) {
            models.promote(id, promotion -> PhaseEvents.promoted(promotion, run.traceparent()));
        }
        return Optional.of(ended);
    }

    private Decision decide(Run run, Map<String, Object> test, Settings settings) {
        double ndcg10 = ((Number) test.get("ndcg@10")).doubleValue();
        Optional<Model> promoted = models.promoted();
        if (promoted.isEmpty()) {
            return Decision.first(ndcg10, margin);
        }
        Model served = promoted.get();
        if (served.id().equals(modelId(run))) {
            return Decision.again(served.id(), ndcg10, margin);
        }
        if (!served.dataset().equals(run.dataset())) {
            return Decision.ofAnotherDataset(served, ndcg10, margin);
        }
        OptionalDouble theirs = evaluations.ndcg10(served, run.snapshot(), settings);
        return theirs.isPresent() ? Decision.compared(served.id(), ndcg10, theirs.getAsDouble(), margin)
                : Decision.ofAnotherSplit(served, ndcg10, margin);
    }

    /**
     * Keeps the model of a run of phase finetune that was evaluated.
     *
     * @param evaluation as {@link Evaluation} has it
     */
    public Model register(Run finetuned, Map<String, Object> evaluation) {
        return models.register(modelId(finetuned), finetuned.dataset(), finetuned.id(), finetuned.bundle(), test(evaluation));
    }

    /**
     * Serves a model, whatever its figures.
     *
     * @param traceparent W3C trace context of who asks for it; null for none
     * @throws PadrecException where there is no such model
     */
    public Promotion promote(String model, String traceparent) {
        return models.promote(model, promotion -> PhaseEvents.promoted(promotion, traceparent));
    }

    /**
     * Serves the model again that was served before the present one.
     *
     * @param traceparent W3C trace context of who asks for it; null for none
     * @throws PadrecException where there was none
     */
    public Promotion rollback(String traceparent) {
        return models.rollback(promotion -> PhaseEvents.promoted(promotion, traceparent));
    }

    private static String modelId(Run finetuned) {
        return finetuned.dataset() + "-" + finetuned.config().get("name") + "-"
                + finetuned.id().substring(finetuned.phase().length() + 1);
    }

    /** The fine-tuned model's figures on the test items. */
    private static Map<String, Object> test(Map<String, Object> evaluation) {
        Map<?, ?> pad = Evaluation.rows(evaluation).getLast();
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("hr@10", pad.get("hr@10"));
        test.put("ndcg@10", pad.get("ndcg@10"));
        return test;
    }
}
