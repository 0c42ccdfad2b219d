package io.padrec.recommend;

import io.padrec.serverless.Role;
import io.padrec.serverless.Routes;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The paths of recommendations, and {@code /health}, which says what is served. */
@ApplicationScoped
class RecommendRoutes {
    @Inject
    Serving serving;

    void declare(@Observes Routes routes) {
        routes.get("/recommend", Role.RECOMMEND).post("/recommend", Role.RECOMMEND).post("/recommend/batch", Role.RECOMMEND)
                .get("/similar", Role.RECOMMEND).open("/health").events();
    }

    void add(@Observes Router router) {
        router.get("/health").handler(this::health);
    }

    private void health(RoutingContext context) {
        JsonObject health = new JsonObject();
        serving.current().ifPresentOrElse(
                model -> health.put("state", "serving").put("model", model.id()).put("items", model.items().size()),
                () -> health.put("state", "waiting"));
        JsonObject variants = new JsonObject();
        serving.split().variants().stream().filter(variant -> !variant.isPromoted()).forEach(variant -> variants.put(variant.name(),
                serving.lineup().find(variant.model()).map(ServedModel::id).orElse("promoted")));
        if (!variants.isEmpty()) {
            health.put("variants", variants);
        }
        serving.refused().ifPresent(id -> health.put("refused", id));
        if (serving.isStoreDown()) {
            health.put("database", "down");
        }
        context.response().setStatusCode(serving.current().isPresent() ? 200 : 503)
                .putHeader("Content-Type", "application/json").end(health.encode());
    }
}
