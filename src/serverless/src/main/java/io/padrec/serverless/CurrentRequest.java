package io.padrec.serverless;

import io.padrec.store.Event;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a Funqy function must know of the request that it answers, and Funqy does not say. */
@ApplicationScoped
public class CurrentRequest {
    @Inject
    CurrentVertxRequest current;

    @Inject
    TraceContext traces;

    /**
     * The request's fields: of its query where it is a GET, else of its body.
     *
     * @param body what Funqy hands over; null for an empty body
     * @throws Problem 400 where a field is not one of {@code known}
     */
    public Fields fields(Map<String, Object> body, Set<String> known) {
        if (isGet()) {
            // Funqy would bind the query too, but to objects of the map's value type alone, and JSON needs that to be Object.
            Map<String, Object> query = new LinkedHashMap<>();
            context().queryParams().forEach(query::put);
            return Fields.ofQuery(query, known);
        }
        return Fields.of(body == null ? Map.of() : body, known);
    }

    /** Whether it only asks; Funqy has one function for all methods of a path. */
    public boolean isGet() {
        return context().request().method().equals(HttpMethod.GET);
    }

    /** The event that is delivered, found to be well formed and of a type that a function is mapped to. */
    public Event event() {
        return context().get(EventGuard.EVENT);
    }

    /** W3C trace context of the request; null for none. */
    public String traceparent() {
        return traces.here(context().request().getHeader(TraceContext.HEADER));
    }

    /** Answers with status 202: what was asked for is yet to be done. */
    public void accepted() {
        answerWith(202);
    }

    /** Answers with status 201: what was asked for is there now, and was not before. */
    public void created() {
        answerWith(201);
    }

    private void answerWith(int status) {
        RoutingContext context = context();
        context.addHeadersEndHandler(end -> {
            // Funqy sets 200 at the very end; this comes after it, and leaves a failure as it is.
            if (context.response().getStatusCode() == 200) {
                context.response().setStatusCode(status);
            }
        });
    }

    private RoutingContext context() {
        return current.getCurrent();
    }
}
