package io.padrec.recommend;

import io.padrec.serverless.CurrentRequest;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.store.EventTypes;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The functions that Funqy offers. */
public class RecommendFunctions {
    private static final int MAX_BATCH = 100;
    private static final Set<String> SIMILAR = Set.of("item", "k", "exclude", "allow", "deny", "minScore", "model");

    @Inject
    Recommendations recommendations;

    @Inject
    ModelLoading loading;

    @Inject
    CurrentRequest request;

    /** Who waits for the store waits here, and keeps no thread from those who need not. */
    private final Executor waiting = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("padrec-waiting-", 0).factory());

    /** {@code GET /recommend?user=U&k=10}, {@code POST /recommend {"history":[...],"k":10}}; see {@link Question}. */
    @Funq("recommend")
    public Uni<Answer> recommend(Map<String, Object> body) {
        boolean query = request.isGet();
        Question question = Question.of(request.fields(body, query ? Question.QUERY : Question.BODY), query);
        return answer(recommendations.mayWait(question), () -> recommendations.answer(question));
    }

    /** {@code POST /recommend/batch {"requests":[...]}}, each as a body of {@code /recommend}. */
    @Funq("recommend/batch")
    public Uni<Map<String, Object>> recommendBatch(Map<String, Object> body) {
        List<?> requests = request.fields(body, Set.of("requests")).list("requests", MAX_BATCH)
                .orElseThrow(() -> Problem.wrong("requests", "requests is not given; give a list of at most " + MAX_BATCH));
        return answer(true, () -> Map.of("answers", recommendations.answerAll(requests)));
    }

    /** {@code GET /similar?item=I&k=10}; see {@link Choice}. */
    @Funq("similar")
    public Uni<Answer> similar(Map<String, Object> body) {
        Fields fields = request.fields(body, SIMILAR);
        String item = Choice.id(fields, "item").orElseThrow(() -> Problem.wrong("item", "item is not given; give an item's id"));
        Choice choice = Choice.of(fields, true);
        Optional<String> model = Choice.id(fields, "model");
        return answer(recommendations.mayWait(model), () -> recommendations.similar(item, choice, model));
    }

    private <T> Uni<T> answer(boolean mayWait, Supplier<T> work) {
        return mayWait ? Uni.createFrom().item(work).runSubscriptionOn(waiting) : Uni.createFrom().item(work.get());
    }

    /** Another model is promoted: it is looked up now, and not only when its turn comes. */
    @Funq
    @CloudEventMapping(trigger = EventTypes.MODEL_PROMOTED)
    public void modelPromoted() {
        loading.lookNow();
    }
}
