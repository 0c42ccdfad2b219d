package io.padrec.recommend;

import io.padrec.serverless.CurrentRequest;
import io.padrec.serverless.Fields;
import io.padrec.serverless.Problem;
import io.padrec.store.EventTypes;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions that Funqy offers. */
public class RecommendFunctions {
    static final int DEFAULT_K = 10;
    static final int MAX_K = 1000;
    static final int MAX_HISTORY = 5000;

    @Inject
    Recommendations recommendations;

    @Inject
    ModelLoading loading;

    @Inject
    CurrentRequest request;

    /** {@code GET /recommend?user=U&k=10}, {@code POST /recommend {"history":[...],"k":10}}, or {@code "user"} in the body. */
    @Funq("recommend")
    public Answer recommend(Map<String, Object> body) {
        Fields fields = request.fields(body, Set.of("user", "history", "k"));
        int k = fields.count("k", DEFAULT_K, MAX_K);
        Optional<String> user = fields.text("user");
        Optional<List<String>> history = fields.texts("history", MAX_HISTORY);
        if (user.isPresent() && history.isPresent()) {
            throw Problem.wrong("history", "user and history are both given; give one of them");
        }
        if (user.isPresent()) {
            return recommendations.forUser(user.get(), k);
        }
        return recommendations.forHistory(history.orElseThrow(() -> Problem.wrong("user",
                "neither user nor history is given; give a user's id, or POST a list of item ids as history")), k);
    }

    /** {@code GET /similar?item=I&k=10}. */
    @Funq("similar")
    public Answer similar(Map<String, Object> body) {
        Fields fields = request.fields(body, Set.of("item", "k"));
        int k = fields.count("k", DEFAULT_K, MAX_K);
        return recommendations.similar(fields.text("item")
                .orElseThrow(() -> Problem.wrong("item", "item is not given; give an item's id")), k);
    }

    /** Another model is promoted: it is looked up now, and not only when its turn comes. */
    @Funq
    @CloudEventMapping(trigger = EventTypes.MODEL_PROMOTED)
    public void modelPromoted() {
        loading.lookNow();
    }
}
