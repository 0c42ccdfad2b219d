package io.padrec.serverless;

import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The paths of an application. A function declares its own by observing this: {@code void declare(@Observes Routes routes)}. What
 * nobody declared is 404, even where Funqy would answer it.
 */
public final class Routes {
    private static final List<String> JSON = List.of("application/json");

    /**
     * One method on one path.
     *
     * @param roles    of which the caller's key must open one; none for a path that is open to all
     * @param produces media types of its answer, of which the caller must accept one; empty for an answer without a body
     */
    record Route(HttpMethod method, String path, Kind kind, Set<Role> roles, List<String> produces, StreamedRoute stream) {
    }

    /** What a route takes. */
    enum Kind { QUERY, JSON_BODY, EVENT, STREAM }

    private final Map<String, Map<HttpMethod, Route>> routes = new TreeMap<>();

    Routes() {
    }

    /**
     * {@code GET path?name=value}, each name once. The Funqy function of the path's name answers, or a route of Vert.x.
     *
     * @param roles of which the caller's key must open one
     */
    public Routes get(String path, Role... roles) {
        return get(path, JSON, roles);
    }

    /** {@link #get(String, Role...)} that answers with one of these media types. */
    Routes get(String path, List<String> produces, Role... roles) {
        return add(new Route(HttpMethod.GET, path, Kind.QUERY, some(roles), produces, null));
    }

    /** {@code GET path} that answers anyone, without a key. */
    public Routes open(String path) {
        return add(new Route(HttpMethod.GET, path, Kind.QUERY, Set.of(), JSON, null));
    }

    /** {@code POST path} with a JSON object. The Funqy function of the path's name answers. */
    public Routes post(String path, Role... roles) {
        return add(new Route(HttpMethod.POST, path, Kind.JSON_BODY, some(roles), JSON, null));
    }

    /** {@code POST /} with a CloudEvent, for the Funqy function that is mapped to its type. */
    public Routes events() {
        return add(new Route(HttpMethod.POST, "/", Kind.EVENT, Set.of(Role.EVENTS), List.of(), null));
    }

    /**
     * {@code POST path} with a body of any length, read while it arrives.
     *
     * @param types media types of the body that are taken, in lower case
     */
    public Routes stream(String path, Role role, Set<String> types, StreamedAnswer answer) {
        return add(new Route(HttpMethod.POST, path, Kind.STREAM, Set.of(role), JSON, new StreamedRoute(types, answer)));
    }

    private static Set<Role> some(Role... roles) {
        if (roles.length == 0) {
            throw new IllegalArgumentException("a route without a role is open to all: say so by open(path)");
        }
        return Set.of(roles);
    }

    private Routes add(Route route) {
        Map<HttpMethod, Route> ofPath = routes.computeIfAbsent(route.path(), path -> new LinkedHashMap<>());
        if (ofPath.putIfAbsent(route.method(), route) != null) {
            throw new IllegalStateException(route.method() + " " + route.path() + " is declared twice");
        }
        return this;
    }

    /** Every route as {@code "GET /path"}, sorted. */
    public Set<String> declared() {
        Set<String> all = new TreeSet<>();
        routes.forEach((path, ofPath) -> ofPath.keySet().forEach(method -> all.add(method + " " + path)));
        return all;
    }

    /** @throws Problem 404 where nothing is at the path, 405 where it does not take the method */
    Route find(String path, HttpMethod method) {
        Map<HttpMethod, Route> ofPath = Optional.ofNullable(routes.get(path))
                .orElseThrow(() -> Problem.of(404, "there is nothing at " + Fields.quoted(path)));
        return Optional.ofNullable(ofPath.get(method))
                .orElseThrow(() -> Problem.of(405, path + " takes " + methods(path) + ", not " + method));
    }

    /** What the path takes, as the header {@code Allow} says it. */
    String methods(String path) {
        return String.join(", ", routes.get(path).keySet().stream().map(HttpMethod::name).toList());
    }
}
