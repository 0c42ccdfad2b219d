package io.padrec.recommend;

import io.quarkus.funqy.runtime.ApplicationException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * What Funqy leaves open in HTTP: which methods and content types a path takes, {@code /health}, and one form for every error.
 */
@ApplicationScoped
class Routes {
    private static final Logger LOG = Logger.getLogger(Routes.class);
    private static final int FIRST = -1000;
    private static final int LAST = Integer.MAX_VALUE;
    private static final String JSON = "application/json";

    @Inject
    Serving serving;

    void add(@Observes Router router) {
        router.route().order(FIRST).failureHandler(Routes::fail);
        check(router, "/recommend", HttpMethod.GET, HttpMethod.POST);
        check(router, "/similar", HttpMethod.GET);
        check(router, "/health", HttpMethod.GET);
        router.get("/health").handler(this::health);
        router.route().order(LAST).handler(context -> context.fail(404));
    }

    private static void check(Router router, String path, HttpMethod... methods) {
        List<HttpMethod> allowed = List.of(methods);
        router.route(path).order(FIRST).handler(context -> {
            HttpMethod method = context.request().method();
            if (!allowed.contains(method)) {
                String names = String.join(", ", allowed.stream().map(HttpMethod::name).toList());
                context.response().putHeader("Allow", names);
                throw Problem.of(405, path + " takes " + names + ", not " + method);
            }
            if (method.equals(HttpMethod.POST)) {
                checkPosted(context);
            } else {
                checkOnce(context);
            }
            context.next();
        });
    }

    private static void checkPosted(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (type == null || !type.split(";")[0].strip().toLowerCase(Locale.ROOT).equals(JSON)) {
            throw Problem.of(415, "the body must be sent with Content-Type: " + JSON);
        }
        for (String name : context.queryParams().names()) {
            throw Problem.wrong(name, Fields.quoted(name) + " stands in the query; a POST has its fields in the body");
        }
    }

    private static void checkOnce(RoutingContext context) {
        for (String name : context.queryParams().names()) {
            if (context.queryParams().getAll(name).size() > 1) {
                throw Problem.wrong(name, Fields.quoted(name) + " is given more than once");
            }
        }
    }

    private void health(RoutingContext context) {
        JsonObject health = new JsonObject();
        serving.current().ifPresentOrElse(
                model -> health.put("state", "serving").put("model", model.id())
                        .put("items", model.ranker().catalogue().size()),
                () -> health.put("state", "waiting"));
        serving.refused().ifPresent(id -> health.put("refused", id));
        if (serving.isStoreDown()) {
            health.put("database", "down");
        }
        context.response().setStatusCode(serving.current().isPresent() ? 200 : 503)
                .putHeader("Content-Type", JSON).end(health.encode());
    }

    private static void fail(RoutingContext context) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        Problem problem = problem(context);
        context.response().setStatusCode(problem.status()).putHeader("Content-Type", "application/problem+json");
        if (problem.isTemporary()) {
            context.response().putHeader("Retry-After", "2");
        }
        context.response().end(problem.json());
    }

    private static Problem problem(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ApplicationException wrapped && wrapped.getCause() != null) {
            failure = wrapped.getCause();
        }
        if (failure instanceof Problem problem) {
            return problem;
        }
        int status = context.statusCode();
        if (failure != null && status < 400 || status >= 500) {
            LOG.errorf(failure, "%s %s failed", context.request().method(), context.request().path());
            return Problem.of(500, "something went wrong here; the log says what");
        }
        return Problem.of(status, switch (status) {
            case 400 -> context.request().method().equals(HttpMethod.POST) ? "the body is not a JSON object"
                    : "the query cannot be read";
            case 404 -> "there is nothing at " + Fields.quoted(context.request().path());
            case 413 -> "the body is too large";
            default -> "the request cannot be answered";
        });
    }
}
