package io.padrec.serverless;

import io.padrec.core.PadrecException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Bearer tokens of one OpenID Connect issuer, such as the one by which a Knative broker says who it is. */
final class Tokens {
    private static final Logger LOG = Logger.getLogger(Tokens.class);
    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final AlgorithmConstraints SIGNATURES = new AlgorithmConstraints(ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384, AlgorithmIdentifiers.EDDSA);

    private final Map<String, Set<Role>> subjects;
    private final JwtConsumer consumer;
    private final Jwks keys;

    private Tokens(Map<String, Set<Role>> subjects, JwtConsumer consumer, Jwks keys) {
        this.subjects = subjects;
        this.consumer = consumer;
        this.keys = keys;
    }

    /**
     * @param jwks  where the issuer's public keys are: a file or an http(s) address
     * @param roles {@code subject=role} each
     * @throws PadrecException where something is missing or malformed
     */
    static Tokens of(String issuer, Optional<String> audience, Optional<String> jwks, List<String> roles) {
        if (audience.isEmpty() || jwks.isEmpty() || roles.isEmpty()) {
            throw new PadrecException("padrec.auth.oidc.issuer is set, so padrec.auth.oidc.audience, padrec.auth.oidc.jwks (a file "
                    + "or an address) and padrec.auth.oidc.roles (subject=role,...) must be too");
        }
        Jwks keys = new Jwks(jwks.get());
        JwtConsumer consumer = new JwtConsumerBuilder().setExpectedIssuer(issuer).setExpectedAudience(audience.get())
                .setRequireExpirationTime().setRequireSubject().setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setJwsAlgorithmConstraints(SIGNATURES).setVerificationKeyResolver(keys).build();
        return new Tokens(subjects(roles), consumer, keys);
    }

    private static Map<String, Set<Role>> subjects(List<String> entries) {
        Map<String, Set<Role>> subjects = new HashMap<>();
        for (String entry : entries) {
            int equals = entry.lastIndexOf('=');
            Role role = Role.named(entry.substring(equals + 1).strip()).orElse(null);
            if (equals < 1 || role == null) {
                throw new PadrecException("'" + entry + "' in padrec.auth.oidc.roles is not subject=role");
            }
            subjects.computeIfAbsent(entry.substring(0, equals).strip(), subject -> EnumSet.noneOf(Role.class)).add(role);
        }
        return subjects;
    }

    /** Whether this has the form of a token; a key has no dots. */
    static boolean isToken(String credential) {
        return credential.chars().filter(c -> c == '.').count() == 2;
    }

    /**
     * The roles of the token's subject; none where the token is not valid, or its subject has none.
     *
     * @throws Problem 503 where the issuer's keys cannot be had
     */
    Set<Role> roles(String token) {
        try {
            return subjects.getOrDefault(consumer.processToClaims(token).getSubject(), Set.of());
        } catch (InvalidJwtException | MalformedClaimException e) {
            if (Failures.isOutage(e)) {
                // Not the exception's message: it repeats the token, which is a secret.
                LOG.warnf("The keys of the tokens' issuer cannot be read from %s; tokens are answered 503 until they can",
                        keys.place());
                throw Problem.unavailable("tokens cannot be checked at the moment; try again");
            }
            LOG.debugf("A token is refused (%s).", e.getClass().getSimpleName());
            return Set.of();
        }
    }
}
