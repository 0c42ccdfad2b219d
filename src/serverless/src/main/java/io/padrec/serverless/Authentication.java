package io.padrec.serverless;

import io.padrec.core.PadrecException;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who may do what: API keys by role, and tokens of one issuer where that is set. */
@ApplicationScoped
class Authentication {
    private static final int BEFORE_APPLICATION = 50;
    private static final String BEARER = "Bearer ";

    @ConfigProperty(name = "padrec.auth.enabled")
    boolean enabled;

    @ConfigProperty(name = "padrec.auth.keys")
    Optional<List<String>> configured;

    @ConfigProperty(name = "padrec.auth.oidc.issuer")
    Optional<String> issuer;

    @ConfigProperty(name = "padrec.auth.oidc.audience")
    Optional<String> audience;

    @ConfigProperty(name = "padrec.auth.oidc.jwks")
    Optional<String> jwks;

    @ConfigProperty(name = "padrec.auth.oidc.roles")
    Optional<List<String>> subjects;

    private ApiKeys keys;
    private Optional<Tokens> tokens = Optional.empty();

    void start(@Observes @Priority(BEFORE_APPLICATION) StartupEvent event) {
        if (!enabled) {
            return;
        }
        keys = ApiKeys.of(configured.orElse(List.of()));
        tokens = issuer.map(by -> Tokens.of(by, audience, jwks, subjects.orElse(List.of())));
        if (keys.isEmpty() && tokens.isEmpty()) {
            throw new PadrecException("authentication is on, but nobody could get in: set padrec.auth.keys to role:hash,... with "
                    + "the hash of each key by 'printf %s KEY | sha256sum', or padrec.auth.oidc.issuer; or switch it off with "
                    + "padrec.auth.enabled=false");
        }
    }

    boolean isEnabled() {
        return enabled;
    }

    /**
     * Lets the request on where its key or token opens one of the roles, now or once the token is checked.
     *
     * @throws Problem 401 where nobody is known by it, 403 where it opens none of them
     */
    void admit(RoutingContext context, Set<Role> asked, Runnable on) {
        String credential = credential(context.request());
        if (tokens.isPresent() && Tokens.isToken(credential)) {
            // Checking may wait for the issuer's keys.
            context.vertx().executeBlocking(() -> tokens.get().roles(credential))
                    .map(roles -> {
                        check(context, roles, asked);
                        on.run();
                        return null;
                    }).onFailure(context::fail);
        } else {
            check(context, keys.roles(credential), asked);
            on.run();
        }
    }

    private static void check(RoutingContext context, Set<Role> roles, Set<Role> asked) {
        if (roles.isEmpty()) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            throw Problem.of(401, "a key is needed, and none that is known here was sent; send it as Authorization: Bearer KEY");
        }
        if (roles.stream().noneMatch(role -> asked.stream().anyMatch(role::opens))) {
            throw Problem.of(403, "this needs the role " + names(asked, " or ") + "; the key that was sent has "
                    + names(roles, ", "));
        }
    }

    private static String names(Set<Role> roles, String between) {
        return String.join(between, roles.stream().map(Role::toString).sorted().toList());
    }

    /** Empty where none is sent. */
    private static String credential(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        return Optional.ofNullable(request.getHeader("X-API-Key")).orElse("");
    }
}
