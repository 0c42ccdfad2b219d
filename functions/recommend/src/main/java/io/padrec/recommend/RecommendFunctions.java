package io.padrec.recommend;

import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions that Funqy offers over HTTP. */
public class RecommendFunctions {
    static final int DEFAULT_K = 10;
    static final int MAX_K = 1000;
    static final int MAX_HISTORY = 5000;

    @Inject
    Recommendations recommendations;

    @Inject
    CurrentVertxRequest current;

    /** {@code GET /recommend?user=U&k=10}, {@code POST /recommend {"history":[...],"k":10}}, or {@code "user"} in the body. */
    @Funq("recommend")
    public Answer recommend(Map<String, Object> body) {
        Fields fields = fields(body, Set.of("user", "history", "k"));
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
        Fields fields = fields(body, Set.of("item", "k"));
        int k = fields.count("k", DEFAULT_K, MAX_K);
        return recommendations.similar(fields.text("item")
                .orElseThrow(() -> Problem.wrong("item", "item is not given; give an item's id")), k);
    }

    private Fields fields(Map<String, Object> body, Set<String> known) {
        RoutingContext context = current.getCurrent();
        if (context.request().method().equals(HttpMethod.GET)) {
            // Funqy would bind the query too, but to objects of the map's value type alone, and JSON needs that to be Object.
            Map<String, Object> query = new LinkedHashMap<>();
            context.queryParams().forEach(query::put);
            return Fields.of(query, known);
        }
        // Funqy hands an empty body over as null.
        return Fields.of(body == null ? Map.of() : body, known);
    }
}
