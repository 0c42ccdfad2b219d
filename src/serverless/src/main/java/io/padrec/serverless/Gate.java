package io.padrec.serverless;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * What stands before every route: it lets in what is declared, for whom it is declared, in the form that is declared, and gives
 * every error one form.
 */
@ApplicationScoped
class Gate {
    /** Quarkus reads bodies at the next place: what is turned away here is turned away unread, and streams are never read there. */
    static final int BEFORE_BODIES = Integer.MIN_VALUE;
    static final int AFTER_BODIES = -1000;
    private static final int LAST = Integer.MAX_VALUE;

    @Inject
    Event<Routes> declaration;

    @Inject
    Authentication authentication;

    @Inject
    EventGuard events;

    @Inject
    Streams streams;

    private final Routes routes = new Routes();

    @Produces
    @Singleton
    Routes routes() {
        return routes;
    }

    void open(@Observes Router router) {
        for (String health : List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started")) {
            routes.open(health);
        }
        routes.get("/q/metrics", List.of("text/plain", "application/openmetrics-text"), Role.METRICS);
        routes.get(OpenApi.PATH, OpenApi.TYPES, Role.METRICS);
        declaration.fire(routes);

        router.route().order(BEFORE_BODIES).handler(this::admit).failureHandler(Failures::answer);
        router.post("/").order(AFTER_BODIES).handler(events::check);
        router.post().order(AFTER_BODIES).handler(Gate::checkBody);
        router.get(OpenApi.PATH).handler(OpenApi::answer);
        router.route().order(LAST).handler(context -> context.fail(404));
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        Routes.Route route;
        try {
            route = routes.find(request.path(), request.method());
        } catch (Problem problem) {
            if (problem.status() == 405) {
                context.response().putHeader("Allow", routes.methods(request.path()));
            }
            throw problem;
        }
        if (route.roles().isEmpty() || !authentication.isEnabled()) {
            pass(context, route);
        } else {
            authentication.admit(context, route.roles(), () -> pass(context, route));
        }
    }

    private void pass(RoutingContext context, Routes.Route route) {
        Media.checkAccepted(context, route.produces());
        switch (route.kind()) {
            case QUERY -> {
                checkNoEvent(context);
                checkOnce(context);
            }
            case JSON_BODY -> {
                checkNoEvent(context);
                Media.checkSent(context, Set.of(Media.JSON));
                checkNoQuery(context);
                // Funqy knows the type in this spelling alone.
                context.request().headers().set("Content-Type", Media.JSON);
            }
            case EVENT -> events.checkLength(context);
            case STREAM -> {
                Media.checkSent(context, route.stream().types());
                checkOnce(context);
                streams.take(context, route.stream());
                return;
            }
        }
        context.next();
    }

    /** Funqy stumbles over a body that is not there. */
    private static void checkBody(RoutingContext context) {
        if (context.body().buffer() == null) {
            context.fail(400);
        } else {
            context.next();
        }
    }

    /** Funqy takes events at the path of every function, where neither their role nor their form was checked. */
    private static void checkNoEvent(RoutingContext context) {
        if (context.request().headers().contains("ce-id") || Media.isEvent(context)) {
            throw Problem.of(400, "events are taken at POST / only");
        }
    }

    private static void checkNoQuery(RoutingContext context) {
        for (String name : context.queryParams().names()) {
            throw Problem.wrong(name, Fields.quoted(name) + " stands in the query; a " + HttpMethod.POST
                    + " has its fields in the body");
        }
    }

    private static void checkOnce(RoutingContext context) {
        for (String name : context.queryParams().names()) {
            if (context.queryParams().getAll(name).size() > 1) {
                throw Problem.wrong(name, Fields.quoted(name) + " is given more than once");
            }
        }
    }
}
